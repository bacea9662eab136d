using OrchardCore.Security.Permissions;

namespace Horilla.Samples.ContactUs;

/// <summary>The permissions of the module. Administrators have them by default.</summary>
public sealed class ContactUsPermissions : IPermissionProvider
{
    /// <summary>Allows sending messages and viewing the sent ones.</summary>
    public static readonly Permission SendContactMessages = new("ContactUs", "Send messages from the Contact us page");

    /// <inheritdoc />
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([SendContactMessages]);

    /// <inheritdoc />
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = "Administrator", Permissions = [SendContactMessages] }];
}
