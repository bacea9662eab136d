using Microsoft.AspNetCore.Http;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Security;

/// <summary>The last permission that was denied in a request.</summary>
internal static class DeniedPermission
{
    public static void Set(HttpContext context, Permission permission) => context.Items[typeof(DeniedPermission)] = permission;

    public static Permission? Get(HttpContext context) => context.Items[typeof(DeniedPermission)] as Permission;
}
