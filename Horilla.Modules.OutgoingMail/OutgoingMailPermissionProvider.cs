using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail;

/// <summary>Registers the permissions and grants them to administrators.</summary>
public sealed class OutgoingMailPermissionProvider : IPermissionProvider
{
    /// <inheritdoc />
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>(OutgoingMailPermissions.All);

    /// <inheritdoc />
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = "Administrator", Permissions = OutgoingMailPermissions.All }];
}
