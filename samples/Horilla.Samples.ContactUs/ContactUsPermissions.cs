using OrchardCore.Security.Permissions;

namespace Horilla.Samples.ContactUs;

/// <summary>What roles may be granted. Administrators have it.</summary>
public sealed class ContactUsPermissions : IPermissionProvider
{
    /// <summary>Send messages, and see what was sent.</summary>
    public static readonly Permission ContactUs = new("ContactUs", "Send messages by the page Contact us");

    /// <inheritdoc />
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ContactUs]);

    /// <inheritdoc />
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = "Administrator", Permissions = [ContactUs] }];
}
