using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell.Scope;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Creates and edits mail servers.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class ServerController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    MailServerTypes types,
    ServerFormManager forms,
    UnsavedServerTester tester,
    PostSaveRedirect postSave,
    IHtmlLocalizer<ServerController> htmlLocalizer) : ServerActionController(authorizationService, configurations)
{
    /// <summary>The name of the form's submit buttons.</summary>
    public const string SubmitName = "submit.Action";

    /// <summary>The value of the button that saves and continues with the follow-up action.</summary>
    public const string SubmitAndFollowUp = "follow-up";

    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Shows the choice of server types.</summary>
    [HttpGet]
    public Task<IActionResult> New()
        => WithPermissionAsync(OutgoingMailPermissions.ManageOutgoingMailServers, () => Task.FromResult<IActionResult>(View(types.All)));

    /// <summary>Shows the form for a new server of a type.</summary>
    [HttpGet]
    public Task<IActionResult> Create(string id)
        => WithTypeAsync(id, async type => View("Form", await forms.BuildAsync(OutgoingMailConfigurationManager.New(type.Name), User)));

    /// <summary>Creates a server.</summary>
    [HttpPost]
    [ActionName(nameof(Create))]
    public Task<IActionResult> CreatePost(string id, string? configurationId, string? returnUrl)
        => WithTypeAsync(id, type => CreateAsync(type, configurationId, returnUrl));

    /// <summary>Shows the form of a server.</summary>
    [HttpGet]
    public Task<IActionResult> Edit(string id)
        => WithServerAsync(id, OutgoingMailPermissions.ManageOutgoingMailServers, async configuration => View("Form", await forms.BuildAsync(configuration, User)));

    /// <summary>Saves an edit, unless someone else changed the server in the meantime.</summary>
    [HttpPost]
    [ActionName(nameof(Edit))]
    public Task<IActionResult> EditPost(string id, string? revision, string? type, string? returnUrl)
        => WithPermissionAsync(OutgoingMailPermissions.ManageOutgoingMailServers, async () => await Configurations.FindAsync(id) is { } configuration
            ? await SaveAsync(configuration, revision, returnUrl)
            : await OfferAsNewAsync(type));

    private Task<IActionResult> WithTypeAsync(string? name, Func<IMailServerType, Task<IActionResult>> action)
        => WithPermissionAsync(OutgoingMailPermissions.ManageOutgoingMailServers, async () => types.Find(name) is { } type ? await action(type) : ServerNotFound());

    private async Task<IActionResult> CreateAsync(IMailServerType type, string? configurationId, string? returnUrl)
    {
        var configuration = OutgoingMailConfigurationManager.New(type.Name, configurationId);
        var recipient = tester.Read(this, type.Name, forms.Form);
        var editor = await forms.UpdateAsync(configuration, isNew: true);

        if (forms.Form.IsFillIn || !ModelState.IsValid)
        {
            return View("Form", await forms.BuildAsync(configuration, User, editor));
        }

        if (UnsavedServerTester.IsRequested(this))
        {
            return await TestAsync(configuration, recipient, await forms.BuildAsync(configuration, User, editor));
        }

        var existing = await Configurations.CreateAsync(configuration, forms.Form.MakePrimary);

        if (existing?.HasSameSettings(configuration) == false)
        {
            // The user went back in the browser and entered something else: another server.
            configuration = OutgoingMailConfigurationManager.New(type.Name);
            await forms.UpdateAsync(configuration, isNew: true);
            existing = await Configurations.CreateAsync(configuration, forms.Form.MakePrimary);
        }

        return existing is null
            ? await postSave.RedirectAsync(this, configuration, NotifyType.Success, H["The mail server <strong>{0}</strong> was created.", configuration.Title], returnUrl)
            : await postSave.RedirectAsync(this, configuration, NotifyType.Information, H["The mail server <strong>{0}</strong> already exists: the form was submitted twice. If you entered a different password or client secret the second time, edit the mail server and enter it there.", configuration.Title], returnUrl);
    }

    private async Task<IActionResult> SaveAsync(OutgoingMailConfiguration configuration, string? revision, string? returnUrl)
    {
        var stored = configuration.Copy();
        var recipient = tester.Read(this, configuration.Type, forms.Form);
        var editor = await forms.UpdateAsync(configuration, isNew: false);

        if (forms.Form.IsFillIn)
        {
            return View("Form", await forms.BuildAsync(configuration, User, editor, revision, stored.Title));
        }

        if (UnsavedServerTester.IsRequested(this) && ModelState.IsValid)
        {
            return await TestAsync(configuration, recipient, await forms.BuildAsync(configuration, User, editor, revision, stored.Title));
        }

        if (revision != stored.ConcurrencyStamp)
        {
            return View("Form", await forms.BuildConflictAsync(configuration, stored, User, editor));
        }

        if (!ModelState.IsValid)
        {
            return View("Form", await forms.BuildAsync(configuration, User, editor, revision, stored.Title));
        }

        try
        {
            await Configurations.SaveAsync(configuration, forms.Form.MakePrimary);
        }
        catch (ConcurrencyException)
        {
            // Someone else saved the server while this request was running.
            return await ReloadAsync(configuration.ConfigurationId) is { } theirs
                ? View("Form", await forms.BuildConflictAsync(configuration, theirs, User, editor))
                : await OfferAsNewAsync(configuration.Type);
        }

        return await postSave.RedirectAsync(this, configuration, NotifyType.Success, H["The mail server <strong>{0}</strong> was saved.", configuration.Title], returnUrl);
    }

    /// <summary>Sends a test message with the settings of the form, and shows the form again with the result. Nothing is saved.</summary>
    private async Task<IActionResult> TestAsync(OutgoingMailConfiguration configuration, MailboxAddress? recipient, FormViewModel model)
    {
        if (recipient is null || !await IsAuthorizedAsync(OutgoingMailPermissions.SendTestMail))
        {
            return Forbid();
        }

        await tester.TestAsync(this, configuration, recipient, model);

        return View("Form", model);
    }

    private static async Task<OutgoingMailConfiguration?> ReloadAsync(string id)
    {
        OutgoingMailConfiguration? configuration = null;

        await ShellScope.UsingChildScopeAsync(async scope =>
            configuration = await scope.ServiceProvider.GetRequiredService<OutgoingMailConfigurationManager>().FindAsync(id));

        return configuration;
    }

    /// <summary>Someone else deleted the server in the meantime. Offers the input as a new server.</summary>
    private async Task<IActionResult> OfferAsNewAsync(string? typeName)
    {
        if (types.Find(typeName) is not { } type)
        {
            return ServerNotFound();
        }

        var configuration = OutgoingMailConfigurationManager.New(type.Name);
        var model = await forms.BuildAsync(configuration, User, await forms.UpdateAsync(configuration, isNew: true));
        model.IsDeleted = true;
        Response.StatusCode = StatusCodes.Status404NotFound;

        return View("Form", model);
    }
}
