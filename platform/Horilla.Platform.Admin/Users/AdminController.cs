using Horilla.Platform.Admin.Panel;
using Horilla.Platform.Admin.Roles;
using Horilla.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Routing;
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
    Administrators administrators,
    GrantRules grants,
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
            // Contains would take % and _ in what was typed for wildcards.
            var pattern = $"%{users.NormalizeName(text).Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
            found = found
                .Where(dialect => $"({dialect.QuoteForColumnName(nameof(UserIndex.NormalizedUserName))} LIKE @Search ESCAPE '!' OR {dialect.QuoteForColumnName(nameof(UserIndex.NormalizedEmail))} LIKE @Search ESCAPE '!')")
                .WithParameter("Search", pattern);
        }

        var total = await found.CountAsync();
        var pager = BoundedPager.Create(pagerParameters, pagerOptions.Value, total);
        var page = await found.OrderBy(index => index.NormalizedUserName!).Skip(pager.GetStartIndex()).Take(pager.PageSize).ListAsync();

        return View(new UserList(text, [.. page], total, await shapeFactory.PagerAsync(pager, total, new RouteValueDictionary { ["search"] = text.Length > 0 ? text : null })));
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
        CheckPassword(form);

        if (!ModelState.IsValid)
        {
            return View("Form", form);
        }

        var user = new User { UserName = form.UserName!.Trim(), Email = form.Email!.Trim(), EmailConfirmed = true, IsEnabled = form.IsEnabled, RoleNames = [.. form.Roles.Intersect(form.AllRoles)] };

        return await DoneAsync(await users.CreateAsync(user, form.Password!), form, H["The user <strong>{0}</strong> was created.", user.UserName]);
    }

    [HttpGet]
    public async Task<IActionResult> Edit(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        return await FindAsync(id) is { } user && await MayChangeAsync(user)
            ? View("Form", await FormAsync(new UserForm { UserName = user.UserName, Email = user.Email, IsEnabled = user.IsEnabled, Roles = [.. user.RoleNames] }))
            : NotFound();
    }

    [HttpPost]
    [ActionName(nameof(Edit))]
    public async Task<IActionResult> EditPost(string id, [Bind(Prefix = Prefix)] UserForm form)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (await FindAsync(id) is not { } user || !await MayChangeAsync(user))
        {
            return NotFound();
        }

        await FormAsync(form);
        Check(form);

        // Roles that the admin may not give stay as they are.
        string[] kept = [.. user.RoleNames.Except(form.AllRoles), .. form.Roles.Intersect(form.AllRoles)];

        if (await administrators.IsLastAsync(user))
        {
            FailIf(!form.IsEnabled, nameof(UserForm.IsEnabled), S["This is the last administrator: make another one before this one is disabled."]);
            FailIf(!kept.Contains(SystemRoles.Administrator), nameof(UserForm.Roles), S["This is the last administrator: make another one before this one loses the role."]);
        }

        if (!ModelState.IsValid)
        {
            return View("Form", form);
        }

        var rightsChange = user.IsEnabled != form.IsEnabled || !user.RoleNames.ToHashSet().SetEquals(kept);
        user.UserName = form.UserName!.Trim();
        user.Email = form.Email!.Trim();
        user.IsEnabled = form.IsEnabled;
        user.RoleNames = [.. kept];

        // Whoever is signed in with other rights than these is asked again.
        var result = rightsChange ? await users.UpdateSecurityStampAsync(user) : await users.UpdateAsync(user);

        if (!result.Succeeded)
        {
            await session.CancelAsync();
        }

        return await DoneAsync(result, form, H["The user <strong>{0}</strong> was saved.", user.UserName]);
    }

    [HttpGet]
    public async Task<IActionResult> EditPassword(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        return await FindAsync(id) is { } user && await MayChangeAsync(user) ? View(new UserForm { UserName = user.UserName }) : NotFound();
    }

    [HttpPost]
    [ActionName(nameof(EditPassword))]
    public async Task<IActionResult> EditPasswordPost(string id, [Bind(Prefix = Prefix)] UserForm form)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (await FindAsync(id) is not { } user || !await MayChangeAsync(user))
        {
            return NotFound();
        }

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
            Report(result);

            return View(form);
        }

        await users.SetLockoutEndDateAsync(user, null);
        await notifier.SuccessAsync(H["<strong>{0}</strong> has a new password.", user.UserName]);

        return RedirectToAction(nameof(Index));
    }

    [HttpGet]
    public async Task<IActionResult> Delete(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        return await FindAsync(id) is { } user && await MayChangeAsync(user) ? View(user) : NotFound();
    }

    [HttpPost]
    [ActionName(nameof(Delete))]
    public async Task<IActionResult> DeletePost(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (await FindAsync(id) is not { } user || !await MayChangeAsync(user))
        {
            return NotFound();
        }

        if (await administrators.IsLastAsync(user))
        {
            await notifier.ErrorAsync(H["<strong>{0}</strong> is the last administrator: make another one before this one is deleted.", user.UserName]);
        }
        else
        {
            await users.DeleteAsync(user);
            await notifier.SuccessAsync(H["The user <strong>{0}</strong> was deleted.", user.UserName]);
        }

        return RedirectToAction(nameof(Index));
    }

    private Task<bool> MayManageAsync() => authorizationService.AuthorizeAsync(User, UsersPermissions.ManageUsers);

    /// <summary>Who manages users must not become one of more rights by a new password or another name.</summary>
    private Task<bool> MayChangeAsync(User user) => grants.CoversAsync(User, user.RoleNames);

    private async Task<User?> FindAsync(string? id) => string.IsNullOrEmpty(id) ? null : await users.FindByIdAsync(id) as User;

    private async Task<UserForm> FormAsync(UserForm form)
    {
        var given = new List<string>();

        foreach (var role in await roles.GetRolesAsync())
        {
            if (!GrantRules.IsEverybodys(role.RoleName) && await grants.CoversAsync(User, role.RoleName))
            {
                given.Add(role.RoleName);
            }
        }

        form.AllRoles = [.. given.Order(StringComparer.OrdinalIgnoreCase)];

        return form;
    }

    private void Check(UserForm form)
    {
        FailIf(form.Roles.Except(form.AllRoles, StringComparer.OrdinalIgnoreCase).Any(), nameof(UserForm.Roles), S["You can't give a role that doesn't exist or that has more permissions than you have."]);
        FailIf(string.IsNullOrWhiteSpace(form.UserName), nameof(UserForm.UserName), S["Enter the name to sign in with."]);
        FailIf(form.UserName?.Length > 255, nameof(UserForm.UserName), S["The name may have {0} characters at most.", 255]);
        FailIf(form.Email is not { Length: > 2 and <= 254 } address || address.Trim().Count(c => c == '@') != 1 || address.Any(char.IsControl), nameof(UserForm.Email), S["Enter one mail address, such as you@example.com."]);
    }

    private void CheckPassword(UserForm form)
    {
        FailIf(string.IsNullOrEmpty(form.Password), nameof(UserForm.Password), S["Enter a password."]);
        FailIf(form.Password != form.PasswordConfirmation, nameof(UserForm.PasswordConfirmation), S["It is not the same as the password."]);
    }

    private void FailIf(bool isWrong, string field, LocalizedString message)
    {
        if (isWrong)
        {
            ModelState.AddModelError($"{Prefix}.{field}", message.Value);
        }
    }

    private void Report(IdentityResult result)
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

    private async Task<IActionResult> DoneAsync(IdentityResult result, UserForm form, LocalizedHtmlString message)
    {
        if (!result.Succeeded)
        {
            Report(result);

            return View("Form", form);
        }

        await notifier.SuccessAsync(message);

        return RedirectToAction(nameof(Index));
    }
}
