using Horilla.Platform.Admin.Panel;
using Horilla.Platform.Admin.Roles;
using Horilla.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Services;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;
using ISession = YesSql.ISession;

namespace Horilla.Platform.Admin.Users;

/// <summary>Lists, creates, edits, disables and deletes users.</summary>
[Feature("OrchardCore.Users")]
[Area("OrchardCore.Users")]
[Admin("Users/{action}/{id?}", "Users{action}")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    UserManager<IUser> users,
    IRoleService roles,
    LastAdministratorGuard administrators,
    PermissionGrantPolicy grants,
    IServiceProvider services,
    ISession session,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions,
    INotifier notifier,
    IStringLocalizer<AdminController> S,
    IHtmlLocalizer<AdminController> H) : Controller
{
    private const string Prefix = nameof(User);

    [HttpGet]
    public async Task<IActionResult> Index(string? search, PagerParameters pagerParameters)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        var text = search?.Trim() ?? "";
        var found = session.Query<User, UserIndex>();

        if (text.Length > 0)
        {
            // Contains would treat % and _ in the search text as wildcards.
            var pattern = $"%{users.NormalizeName(text).Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
            found = found
                .Where(dialect => $"({dialect.QuoteForColumnName(nameof(UserIndex.NormalizedUserName))} LIKE @Search ESCAPE '!' OR {dialect.QuoteForColumnName(nameof(UserIndex.NormalizedEmail))} LIKE @Search ESCAPE '!')")
                .WithParameter("Search", pattern);
        }

        var total = await found.CountAsync();
        var pager = BoundedPager.Create(pagerParameters, pagerOptions.Value, total);
        var page = await found.OrderBy(index => index.NormalizedUserName!).Skip(pager.GetStartIndex()).Take(pager.PageSize).ListAsync();

        return View(new UserListViewModel(text, [.. page], total, await shapeFactory.PagerAsync(pager, total, new RouteValueDictionary { ["search"] = text.Length > 0 ? text : null })));
    }

    [HttpGet]
    public async Task<IActionResult> Create()
        => await MayManageAsync() ? View("Form", await FormAsync(new UserForm { IsNew = true })) : Forbid();

    [HttpPost]
    [ActionName(nameof(Create))]
    public async Task<IActionResult> CreatePost([Bind(Prefix = Prefix)] UserForm form)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        await FormAsync(form);
        form.IsNew = true;
        Check(form);

        FailIf(form.SendsInvitation && !form.IsEnabled, nameof(UserForm.IsEnabled), S["A user who is invited has to be able to sign in."]);

        if (!form.SendsInvitation)
        {
            CheckPassword(form);
        }

        if (!ModelState.IsValid)
        {
            return View("Form", form);
        }

        var user = new User { UserName = form.UserName!.Trim(), Email = form.Email!.Trim(), EmailConfirmed = true, IsEnabled = form.IsEnabled, RoleNames = [.. form.Roles.Intersect(form.AssignableRoles)] };
        user.ChangeProfile(profile => profile.DisplayName = Normalize(form.DisplayName));

        if (!form.SendsInvitation)
        {
            return await ResultAsync(await users.CreateAsync(user, form.Password!), form, H["The user <strong>{0}</strong> was created.", user.UserName]);
        }

        var result = await ResultAsync(await users.CreateAsync(user), form, H["The user <strong>{0}</strong> was created.", user.UserName]);

        if (ModelState.IsValid)
        {
            await services.GetRequiredService<UserInvitation>().SendAsync(user, this);
        }

        return result;
    }

    [HttpGet]
    public Task<IActionResult> Edit(string id)
        => WithUserAsync(id, async user => View("Form", await FormAsync(new UserForm { UserName = user.UserName, DisplayName = user.GetProfile().DisplayName, Email = user.Email, IsEnabled = user.IsEnabled, Roles = [.. user.RoleNames] })));

    [HttpPost]
    [ActionName(nameof(Edit))]
    public Task<IActionResult> EditPost(string id, [Bind(Prefix = Prefix)] UserForm form) => WithUserAsync(id, async user =>
    {
        await FormAsync(form);
        Check(form);

        // Roles that the admin can't assign stay unchanged.
        string[] roleNames = [.. user.RoleNames.Except(form.AssignableRoles), .. form.Roles.Intersect(form.AssignableRoles)];

        if (await administrators.IsLastAsync(user))
        {
            FailIf(!form.IsEnabled, nameof(UserForm.IsEnabled), S["This is the last administrator. Add another one before you disable this account."]);
            FailIf(!roleNames.Contains(SystemRoles.Administrator), nameof(UserForm.Roles), S["This is the last administrator. Add another one before you remove the role."]);
        }

        if (!ModelState.IsValid)
        {
            return View("Form", form);
        }

        // The invitation went to the earlier address.
        var isInvitationOutdated = user.PasswordHash is null && !string.Equals(user.Email, form.Email!.Trim(), StringComparison.OrdinalIgnoreCase);
        var permissionsChange = isInvitationOutdated || user.IsEnabled != form.IsEnabled || !user.RoleNames.ToHashSet().SetEquals(roleNames);
        user.UserName = form.UserName!.Trim();
        user.ChangeProfile(profile => profile.DisplayName = Normalize(form.DisplayName));
        user.Email = form.Email!.Trim();
        user.IsEnabled = form.IsEnabled;
        user.RoleNames = [.. roleNames];

        // A new security stamp ends the user's sessions, which have the old permissions.
        var result = permissionsChange ? await users.UpdateSecurityStampAsync(user) : await users.UpdateAsync(user);

        if (!result.Succeeded)
        {
            await session.CancelAsync();
        }
        else if (permissionsChange && user is { PasswordHash: null, IsEnabled: true })
        {
            await notifier.WarningAsync(H["The invitation of <strong>{0}</strong> is no longer valid. Send it again.", user.UserName]);
        }

        return await ResultAsync(result, form, H["The user <strong>{0}</strong> was saved.", user.UserName]);
    });

    [HttpGet]
    public Task<IActionResult> EditPassword(string id)
        => WithUserAsync(id, user => Task.FromResult<IActionResult>(View(new UserForm { UserName = user.UserName })));

    [HttpPost]
    [ActionName(nameof(EditPassword))]
    public Task<IActionResult> EditPasswordPost(string id, [Bind(Prefix = Prefix)] UserForm form) => WithUserAsync(id, async user =>
    {
        form.UserName = user.UserName;
        CheckPassword(form);

        if (!ModelState.IsValid)
        {
            return View(form);
        }

        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), form.Password!);

        if (!result.Succeeded)
        {
            await session.CancelAsync();
            AddErrors(result);

            return View(form);
        }

        await users.SetLockoutEndDateAsync(user, null);
        await notifier.SuccessAsync(H["The password of <strong>{0}</strong> was changed.", user.UserName]);

        return RedirectToAction(nameof(Index));
    });

    /// <summary>Sends an invitation again, to a user who hasn't chosen a password yet.</summary>
    [HttpPost]
    public Task<IActionResult> Invite(string id) => WithUserAsync(id, async user =>
    {
        if (user.PasswordHash is not null)
        {
            await notifier.WarningAsync(H["<strong>{0}</strong> already has a password.", user.UserName]);
        }
        else
        {
            await services.GetRequiredService<UserInvitation>().SendAsync(user, this);
        }

        return RedirectToAction(nameof(Index));
    });

    [HttpGet]
    public Task<IActionResult> Delete(string id) => WithUserAsync(id, user => Task.FromResult<IActionResult>(View(user)));

    [HttpPost]
    [ActionName(nameof(Delete))]
    public Task<IActionResult> DeletePost(string id) => WithUserAsync(id, async user =>
    {
        if (await administrators.IsLastAsync(user))
        {
            await notifier.ErrorAsync(H["<strong>{0}</strong> is the last administrator. Add another one before you delete this account.", user.UserName]);
        }
        else
        {
            await users.DeleteAsync(user);
            await notifier.SuccessAsync(H["The user <strong>{0}</strong> was deleted.", user.UserName]);
        }

        return RedirectToAction(nameof(Index));
    });

    private Task<bool> MayManageAsync() => authorizationService.AuthorizeAsync(User, UsersPermissions.ManageUsers);

    /// <summary>Whether the admin may change a user. Prevents taking over an account with more permissions by changing its password or name.</summary>
    private Task<bool> CanEditAsync(User user) => grants.HasAllPermissionsAsync(User, user.RoleNames);

    /// <summary>Runs an action on a user whom the admin may change.</summary>
    private async Task<IActionResult> WithUserAsync(string id, Func<User, Task<IActionResult>> action)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        return await FindAsync(id) is { } user && await CanEditAsync(user) ? await action(user) : NotFound();
    }

    private async Task<User?> FindAsync(string? id) => string.IsNullOrEmpty(id) ? null : await users.FindByIdAsync(id) as User;

    private async Task<UserForm> FormAsync(UserForm form)
    {
        var assignable = new List<string>();

        foreach (var role in await roles.GetRolesAsync())
        {
            if (!PermissionGrantPolicy.IsImplicitRole(role.RoleName) && await grants.HasAllPermissionsAsync(User, role.RoleName))
            {
                assignable.Add(role.RoleName);
            }
        }

        form.CanInvite = services.GetRequiredService<UserInvitation>().IsAvailable;
        form.AssignableRoles = [.. assignable.Order(StringComparer.OrdinalIgnoreCase)];

        return form;
    }

    private void Check(UserForm form)
    {
        FailIf(form.Roles.Except(form.AssignableRoles, StringComparer.OrdinalIgnoreCase).Any(), nameof(UserForm.Roles), S["You can't assign a role that doesn't exist or that has more permissions than you have."]);
        FailIf(string.IsNullOrWhiteSpace(form.UserName), nameof(UserForm.UserName), S["Enter a user name."]);
        FailIf(form.UserName?.Length > 255, nameof(UserForm.UserName), S["The name can have up to {0} characters.", 255]);
        FailIf(form.DisplayName?.Length > 255 || form.DisplayName?.Any(char.IsControl) == true, nameof(UserForm.DisplayName), S["The display name can have up to {0} characters and no line breaks.", 255]);
        FailIf(form.Email is not { Length: > 2 and <= 254 } address || address.Trim().Count(c => c == '@') != 1 || address.Any(char.IsControl), nameof(UserForm.Email), S["Enter one email address, for example you@example.com."]);
    }

    private static string? Normalize(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();

    private void CheckPassword(UserForm form)
    {
        FailIf(string.IsNullOrEmpty(form.Password), nameof(UserForm.Password), S["Enter a password."]);
        FailIf(form.Password != form.PasswordConfirmation, nameof(UserForm.PasswordConfirmation), S["The passwords don't match."]);
    }

    private void FailIf(bool isWrong, string field, LocalizedString message) => ModelState.AddErrorIf(isWrong, $"{Prefix}.{field}", message);

    private void AddErrors(IdentityResult result)
    {
        foreach (var error in result.Errors)
        {
            ModelState.AddModelError($"{Prefix}.{FieldOf(error.Code)}", error.Description);
        }
    }

    private static string FieldOf(string code) => code switch
    {
        _ when code.StartsWith("Password", StringComparison.Ordinal) => nameof(UserForm.Password),
        _ when code.EndsWith("Email", StringComparison.Ordinal) => nameof(UserForm.Email),
        _ => nameof(UserForm.UserName),
    };

    private async Task<IActionResult> ResultAsync(IdentityResult result, UserForm form, LocalizedHtmlString message)
    {
        if (!result.Succeeded)
        {
            AddErrors(result);

            return View("Form", form);
        }

        await notifier.SuccessAsync(message);

        return RedirectToAction(nameof(Index));
    }
}
