using Horilla.Platform.Admin.Panel;
using Horilla.Platform.Setup;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Manages the tenants of the host.</summary>
[Feature("OrchardCore.Tenants")]
[Area("OrchardCore.Tenants")]
[Admin("Tenants/{action}/{id?}", "Tenants{action}")]
public sealed class AdminController(
    IAuthorizationService authorizationService,
    ITenantManager tenants,
    ISetupTokenProvider setupTokens,
    IShapeFactory shapeFactory,
    IOptions<PagerOptions> pagerOptions,
    INotifier notifier,
    IStringLocalizer<AdminController> S,
    IHtmlLocalizer<AdminController> H) : Controller
{
    private const string CreateAndSetup = "createAndSetup";

    [HttpGet]
    [Admin("Tenants", "Tenants")]
    public async Task<IActionResult> Index(string? search, PagerParameters pagerParameters)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        var text = search?.Trim() ?? "";
        var found = tenants.Search(text);
        var pager = BoundedPager.Create(pagerParameters, pagerOptions.Value, found.Count);
        var page = found.Skip(pager.GetStartIndex()).Take(pager.PageSize).Select(settings => (settings, Urls(settings)));

        return View(new TenantListViewModel(text, [.. page], found.Count, await shapeFactory.PagerAsync(pager, found.Count, new RouteValueDictionary { ["search"] = text.Length > 0 ? text : null })));
    }

    [HttpGet]
    public async Task<IActionResult> Create() => await MayManageAsync() ? View("Form", await tenants.BuildFormAsync(null)) : Forbid();

    [HttpPost]
    [ActionName(nameof(Create))]
    public async Task<IActionResult> CreatePost(TenantForm form, [FromForm(Name = "action")] string? submit)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (!AddErrors(await tenants.CreateAsync(form)) || tenants.Find(form.Name?.Trim()) is not { } created)
        {
            return await RedisplayAsync(form, null);
        }

        if (submit == CreateAndSetup)
        {
            return Redirect(SetupUrl(created));
        }

        await notifier.SuccessAsync(H["The tenant <strong>{0}</strong> was created. It isn't set up yet.", created.Name]);

        return RedirectToAction(nameof(Index));
    }

    [HttpGet]
    public Task<IActionResult> Edit(string id) => WithTenantAsync(id, async settings => View("Form", await tenants.BuildFormAsync(settings)));

    [HttpPost]
    [ActionName(nameof(Edit))]
    public Task<IActionResult> EditPost(string id, TenantForm form) => WithTenantAsync(id, async settings =>
    {
        if (!AddErrors(await tenants.EditAsync(settings, form)))
        {
            return await RedisplayAsync(form, settings);
        }

        await notifier.SuccessAsync(H["The tenant <strong>{0}</strong> was saved.", settings.Name]);

        return RedirectToAction(nameof(Index));
    });

    /// <summary>Redirects to the setup page of a tenant, with a new link.</summary>
    [HttpPost]
    public Task<IActionResult> Setup(string id) => WithTenantAsync(id, settings => Task.FromResult<IActionResult>(settings.IsUninitialized() ? Redirect(SetupUrl(settings)) : RedirectToAction(nameof(Index))));

    [HttpPost]
    public Task<IActionResult> Enable(string id)
        => ChangeAsync(id, tenants.EnableAsync, H["The tenant <strong>{0}</strong> was enabled.", id]);

    /// <summary>Asks to confirm, because the tenant's site is offline then.</summary>
    [HttpGet]
    public Task<IActionResult> Disable(string id)
        => WithTenantAsync(id, settings => Task.FromResult<IActionResult>(settings.IsRunning() && !settings.IsDefaultShell() ? View(new DisableTenantViewModel(settings.Name, Urls(settings))) : RedirectToAction(nameof(Index))));

    [HttpPost]
    [ActionName(nameof(Disable))]
    public Task<IActionResult> DisablePost(string id)
        => ChangeAsync(id, tenants.DisableAsync, H["The tenant <strong>{0}</strong> was disabled. Its data is kept.", id]);

    [HttpPost]
    public Task<IActionResult> Reload(string id)
        => ChangeAsync(id, tenants.ReloadAsync, H["The tenant <strong>{0}</strong> was reloaded.", id]);

    [HttpGet]
    public Task<IActionResult> Remove(string id)
        => WithTenantAsync(id, settings => Task.FromResult<IActionResult>(tenants.IsRemovable(settings) ? View(new RemoveTenantForm { Name = settings.Name }) : NotFound()));

    [HttpPost]
    [ActionName(nameof(Remove))]
    public Task<IActionResult> RemovePost(string id, RemoveTenantForm form) => WithTenantAsync(id, async settings =>
    {
        form.Name = settings.Name;

        if (form.Confirmation?.Trim() != settings.Name)
        {
            ModelState.AddModelError(nameof(form.Confirmation), S["Type {0} to confirm that you want to remove this tenant.", settings.Name]);
        }
        else if (await tenants.RemoveAsync(settings) is { } problem)
        {
            ModelState.AddModelError("", problem);
        }

        if (!ModelState.IsValid)
        {
            return View(form);
        }

        await notifier.SuccessAsync(H["The tenant <strong>{0}</strong> was removed with its data.", settings.Name]);

        return RedirectToAction(nameof(Index));
    });

    private Task<bool> MayManageAsync() => authorizationService.AuthorizeAsync(User, TenantsPermissionProvider.ManageTenants);

    private async Task<IActionResult> WithTenantAsync(string? id, Func<ShellSettings, Task<IActionResult>> execute)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        return tenants.Find(id) is { } settings ? await execute(settings) : NotFound();
    }

    private Task<IActionResult> ChangeAsync(string id, Func<ShellSettings, Task<string?>> change, LocalizedHtmlString done) => WithTenantAsync(id, async settings =>
    {
        if (await change(settings) is { } problem)
        {
            await notifier.WarningAsync(H["{0}", problem]);
        }
        else
        {
            await notifier.SuccessAsync(done);
        }

        return RedirectToAction(nameof(Index));
    });

    private bool AddErrors(IReadOnlyList<FieldError> errors)
    {
        foreach (var error in errors)
        {
            ModelState.AddModelError(error.Field, error.Message);
        }

        return ModelState.IsValid;
    }

    private async Task<IActionResult> RedisplayAsync(TenantForm form, ShellSettings? settings)
    {
        await tenants.PopulateOptionsAsync(form, settings);

        if (!string.IsNullOrEmpty(form.ConnectionString) && ModelState[nameof(form.ConnectionString)]?.Errors.Count is null or 0)
        {
            ModelState.AddModelError(nameof(form.ConnectionString), S["Enter the connection string again. It contains a password, so it isn't kept when the form is shown again."]);
        }

        return View("Form", form);
    }

    /// <summary>The URLs of the tenant, as seen from this request. Hosts without a port get the port of the request.</summary>
    private IReadOnlyList<string> Urls(ShellSettings settings)
    {
        var prefix = Request.PathBase + "/" + settings.RequestUrlPrefix;

        return settings.RequestUrlHosts.Length == 0
            ? [prefix]
            : [.. settings.RequestUrlHosts.Select(host => $"{Request.Scheme}://{WithPort(host)}{prefix}")];
    }

    private HostString WithPort(string host)
        => new HostString(host) is { Port: null } name && Request.Host.Port is { } port ? new HostString(name.Host, port) : new HostString(host);

    /// <summary>The setup link of a tenant. If it has only wildcard hosts, the link uses www in the first one.</summary>
    private string SetupUrl(ShellSettings settings)
    {
        var urls = Urls(settings);
        var url = urls.FirstOrDefault(candidate => !candidate.Contains('*', StringComparison.Ordinal), urls[0].Replace("*.", "www.", StringComparison.Ordinal));

        return url + QueryString.Create("token", setupTokens.Create(settings));
    }
}
