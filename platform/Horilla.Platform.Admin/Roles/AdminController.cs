using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Extensions;
using OrchardCore.Modules;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Admin.Roles;

/// <summary>Creates, edits and deletes roles.</summary>
[Feature("OrchardCore.Roles")]
[Area("OrchardCore.Roles")]
[Admin("Roles/{action}/{id?}", "Roles{action}")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    RoleManager<IRole> roleManager,
    IRoleService roles,
    IEnumerable<IPermissionProvider> providers,
    ITypeFeatureProvider types,
    PermissionGrantPolicy grants,
    INotifier notifier,
    IStringLocalizer<AdminController> S,
    IHtmlLocalizer<AdminController> H) : Controller
{
    private const string Prefix = nameof(Role);
    private const int LongestText = 255;

    [HttpGet]
    public async Task<IActionResult> Index()
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        var entries = new List<RoleListItem>();

        foreach (var role in (await roles.GetRolesAsync()).OrderBy(role => role.RoleName, StringComparer.OrdinalIgnoreCase))
        {
            entries.Add(new RoleListItem(role.RoleName, (role as Role)?.RoleDescription, await roles.IsAdminRoleAsync(role.RoleName), await roles.IsSystemRoleAsync(role.RoleName)));
        }

        return View(entries);
    }

    [HttpGet]
    public async Task<IActionResult> Create() => await MayManageAsync() ? View("Form", await FormAsync(new RoleForm { IsNew = true })) : Forbid();

    [HttpPost]
    [ActionName(nameof(Create))]
    public async Task<IActionResult> CreatePost([Bind(Prefix = Prefix)] RoleForm form)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        form.IsNew = true;

        // Names that differ only in whitespace look the same, so whitespace is collapsed.
        var name = string.Join(' ', (form.RoleName ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        if (name.Length == 0 || name.Length > LongestText || name.All(c => c == '.') || name.Any(c => char.IsControl(c) || c is '/' or '\\'))
        {
            ModelState.AddModelError($"{Prefix}.{nameof(RoleForm.RoleName)}", S["Enter a name of up to {0} characters, without slashes.", LongestText]);
        }
        else if (await roleManager.FindByNameAsync(name) is not null)
        {
            ModelState.AddModelError($"{Prefix}.{nameof(RoleForm.RoleName)}", S["A role with this name already exists."]);
        }

        CheckDescription(form);

        if (!ModelState.IsValid)
        {
            return View("Form", await FormAsync(form));
        }

        var role = new Role { RoleName = name, RoleDescription = form.RoleDescription?.Trim() };
        await CheckPermissionsAsync(role, form);
        var result = ModelState.IsValid ? await roleManager.CreateAsync(role) : IdentityResult.Success;

        foreach (var error in result.Errors)
        {
            ModelState.AddModelError($"{Prefix}.{nameof(RoleForm.RoleName)}", error.Description);
        }

        if (!ModelState.IsValid)
        {
            return View("Form", await FormAsync(form));
        }

        if (!await GrantAsync(role, form.Permissions))
        {
            return View("Form", await FormAsync(form));
        }

        await notifier.SuccessAsync(H["The role <strong>{0}</strong> was created.", role.RoleName]);

        return RedirectToAction(nameof(Index));
    }

    [HttpGet]
    public async Task<IActionResult> Edit(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        return await FindAsync(id) is { } role
            ? View("Form", await FormAsync(new RoleForm { RoleName = role.RoleName, RoleDescription = role.RoleDescription, Permissions = [.. Granted(role)] }))
            : NotFound();
    }

    [HttpPost]
    [ActionName(nameof(Edit))]
    public async Task<IActionResult> EditPost(string id, [Bind(Prefix = Prefix)] RoleForm form)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (await FindAsync(id) is not { } role)
        {
            return NotFound();
        }

        form.RoleName = role.RoleName;
        CheckDescription(form);
        await CheckPermissionsAsync(role, form);

        if (!ModelState.IsValid)
        {
            return View("Form", await FormAsync(form));
        }

        role.RoleDescription = form.RoleDescription?.Trim();

        if (!await GrantAsync(role, form.Permissions))
        {
            return View("Form", await FormAsync(form));
        }

        await notifier.SuccessAsync(H["The role <strong>{0}</strong> was saved.", role.RoleName]);

        return RedirectToAction(nameof(Index));
    }

    [HttpGet]
    public async Task<IActionResult> Delete(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        return await FindDeletableAsync(id) is { } role ? View(role) : NotFound();
    }

    [HttpPost]
    [ActionName(nameof(Delete))]
    public async Task<IActionResult> DeletePost(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (await FindDeletableAsync(id) is not { } role)
        {
            return NotFound();
        }

        await roleManager.DeleteAsync(role);
        await notifier.SuccessAsync(H["The role <strong>{0}</strong> was deleted.", role.RoleName]);

        return RedirectToAction(nameof(Index));
    }

    private static IEnumerable<string> Granted(Role role) => role.RoleClaims.Where(claim => claim.ClaimType == Permission.ClaimType).Select(claim => claim.ClaimValue);

    private Task<bool> MayManageAsync() => authorizationService.AuthorizeAsync(User, RolesPermissionProvider.ManageRoles);

    /// <summary>Finds a role that can be edited. The administrator role can't: it always has every permission.</summary>
    private async Task<Role?> FindAsync(string? name)
        => !string.IsNullOrEmpty(name) && !await roles.IsAdminRoleAsync(name) ? await roleManager.FindByNameAsync(name) as Role : null;

    private async Task<Role?> FindDeletableAsync(string? name)
        => await FindAsync(name) is { } role && !await roles.IsSystemRoleAsync(role.RoleName) && await grants.HasAllPermissionsAsync(User, role.RoleName) ? role : null;

    /// <summary>Grants the selected permissions. Keeps other claims, and permissions of features that aren't enabled.</summary>
    private async Task<bool> GrantAsync(Role role, string[] permissions)
    {
        // Permissions beyond the user's own can't be revoked either.
        var known = (await GrantableAsync()).Select(permission => permission.Name).ToHashSet();
        role.RoleClaims.RemoveAll(claim => claim.ClaimType == Permission.ClaimType && known.Contains(claim.ClaimValue));
        role.RoleClaims.AddRange(permissions.Where(known.Contains).Distinct().Select(permission => new RoleClaim(Permission.ClaimType, permission)));
        var result = await roleManager.UpdateAsync(role);

        foreach (var error in result.Errors)
        {
            ModelState.AddModelError("", error.Description);
        }

        return result.Succeeded;
    }

    private async Task<Permission[]> GrantableAsync()
    {
        var grantable = new List<Permission>();

        foreach (var permission in (await PermissionsAsync()).SelectMany(group => group))
        {
            if (await grants.MayGrantAsync(User, permission))
            {
                grantable.Add(permission);
            }
        }

        return [.. grantable];
    }

    /// <summary>Checks that users grant only permissions they have, and no security-critical ones to the roles of all visitors or all signed-in users.</summary>
    private async Task CheckPermissionsAsync(Role role, RoleForm form)
    {
        var added = form.Permissions.Except(Granted(role)).ToHashSet();
        var all = (await PermissionsAsync()).SelectMany(group => group).Where(permission => added.Contains(permission.Name)).DistinctBy(permission => permission.Name).ToArray();
        var grantable = (await GrantableAsync()).Select(permission => permission.Name).ToHashSet();

        if (all.Where(permission => !grantable.Contains(permission.Name)).Select(permission => permission.Description ?? permission.Name).ToArray() is { Length: > 0 } beyond)
        {
            ModelState.AddModelError($"{Prefix}.{nameof(RoleForm.Permissions)}", S["You can't grant permissions that you don't have: {0}.", string.Join(", ", beyond)]);
        }

        if (PermissionGrantPolicy.IsImplicitRole(role.RoleName) && all.Where(permission => permission.IsSecurityCritical).Select(permission => permission.Description ?? permission.Name).ToArray() is { Length: > 0 } critical)
        {
            ModelState.AddModelError($"{Prefix}.{nameof(RoleForm.Permissions)}", S["The role {0} applies to all visitors or all signed-in users. It can't have security-critical permissions: {1}.", role.RoleName, string.Join(", ", critical)]);
        }
    }

    private void CheckDescription(RoleForm form)
    {
        if (form.RoleDescription?.Length > LongestText)
        {
            ModelState.AddModelError($"{Prefix}.{nameof(RoleForm.RoleDescription)}", S["The description can have up to {0} characters.", LongestText]);
        }
    }

    private async Task<RoleForm> FormAsync(RoleForm form)
    {
        form.AllPermissions = await PermissionsAsync();
        form.Grantable = (await GrantableAsync()).Where(permission => !permission.IsSecurityCritical || !PermissionGrantPolicy.IsImplicitRole(form.RoleName ?? "")).Select(permission => permission.Name).ToHashSet();

        return form;
    }

    private async Task<IReadOnlyList<IGrouping<string, Permission>>> PermissionsAsync()
    {
        var all = new List<(string Feature, Permission Permission)>();

        foreach (var provider in providers)
        {
            var feature = types.GetFeatureForDependency(provider.GetType()).Name;
            all.AddRange((await provider.GetPermissionsAsync()).Select(permission => (feature, permission)));
        }

        return [.. all.OrderBy(entry => entry.Feature, StringComparer.OrdinalIgnoreCase).GroupBy(entry => entry.Feature, entry => entry.Permission)];
    }
}
