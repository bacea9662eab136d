using System.Text.Json;
using System.Text.Json.Nodes;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell.Scope;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Creates and edits mail servers.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class ServerController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    ServerFormContext form,
    EditConflictComparer conflicts,
    IEnumerable<IMailServerType> types,
    IDisplayManager<OutgoingMailConfiguration> displayManager,
    IUpdateModelAccessor updateModelAccessor,
    INotifier notifier,
    IStringLocalizer<ServerController> stringLocalizer,
    IHtmlLocalizer<ServerController> htmlLocalizer) : Controller
{
    /// <summary>The name of the form's submit buttons.</summary>
    public const string SubmitName = "submit.Action";

    /// <summary>The value of the button that saves and continues with the follow-up action.</summary>
    public const string SubmitAndFollowUp = "follow-up";

    private readonly IStringLocalizer S = stringLocalizer;
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Shows the choice of server types.</summary>
    [HttpGet]
    public async Task<IActionResult> New()
        => await CanManageAsync() ? View(types.OrderBy(type => type.Position)) : Forbid();

    /// <summary>Shows the form for a new server of a type.</summary>
    [HttpGet]
    public async Task<IActionResult> Create(string id)
    {
        if (!await CanManageAsync())
        {
            return Forbid();
        }

        if (FindType(id) is not { } type)
        {
            return this.ServerNotFound();
        }

        var configuration = OutgoingMailConfigurationManager.New(type.Name);

        return View("Form", await BuildFormModelAsync(configuration, await displayManager.BuildEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew: true)));
    }

    /// <summary>Creates a server.</summary>
    [HttpPost]
    [ActionName(nameof(Create))]
    public async Task<IActionResult> CreatePost(string id, string? configurationId, string? returnUrl)
    {
        if (!await CanManageAsync())
        {
            return Forbid();
        }

        if (FindType(id) is not { } type)
        {
            return this.ServerNotFound();
        }

        var configuration = OutgoingMailConfigurationManager.New(type.Name, configurationId);
        var editor = await UpdateEditorAsync(configuration, isNew: true);

        if (form.IsFillIn || !ModelState.IsValid)
        {
            return View("Form", await BuildFormModelAsync(configuration, editor));
        }

        var existing = await configurations.CreateAsync(configuration, form.MakePrimary);

        if (existing is not null && !HasSameSettings(existing, configuration))
        {
            // The user went back in the browser and entered something else: another server.
            configuration = OutgoingMailConfigurationManager.New(type.Name);
            await UpdateEditorAsync(configuration, isNew: true);
            existing = await configurations.CreateAsync(configuration, form.MakePrimary);
        }

        await (existing is null
            ? notifier.SuccessAsync(H["The mail server <strong>{0}</strong> was created.", configuration.Title])
            : notifier.InformationAsync(H["The mail server <strong>{0}</strong> already exists: the form was submitted twice. If you entered a different password or client secret the second time, edit the mail server and enter it there.", configuration.Title]));

        return await RedirectAfterSaveAsync(configuration, returnUrl);
    }

    /// <summary>Shows the form of a server.</summary>
    [HttpGet]
    public async Task<IActionResult> Edit(string id)
    {
        if (!await CanManageAsync())
        {
            return Forbid();
        }

        return await configurations.FindAsync(id) is { } configuration
            ? View("Form", await BuildFormModelAsync(configuration, await displayManager.BuildEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew: false)))
            : this.ServerNotFound();
    }

    /// <summary>Saves an edit, unless someone else changed the server in the meantime.</summary>
    [HttpPost]
    [ActionName(nameof(Edit))]
    public async Task<IActionResult> EditPost(string id, string? revision, string? type, string? returnUrl)
    {
        if (!await CanManageAsync())
        {
            return Forbid();
        }

        if (await configurations.FindAsync(id) is not { } configuration)
        {
            return await OfferAsNewAsync(type);
        }

        var stored = Copy(configuration);
        var editor = await UpdateEditorAsync(configuration, isNew: false);

        if (form.IsFillIn)
        {
            return View("Form", await BuildFormModelAsync(configuration, editor, revision));
        }

        if (revision != stored.ConcurrencyStamp)
        {
            return View("Form", await BuildConflictModelAsync(configuration, stored, editor));
        }

        if (!ModelState.IsValid)
        {
            return View("Form", await BuildFormModelAsync(configuration, editor));
        }

        try
        {
            await configurations.SaveAsync(configuration, form.MakePrimary);
        }
        catch (ConcurrencyException)
        {
            // Someone else saved the server while this request was running.
            return await ReloadAsync(id) is { } theirs ? View("Form", await BuildConflictModelAsync(configuration, theirs, editor)) : await OfferAsNewAsync(type);
        }

        await notifier.SuccessAsync(H["The mail server <strong>{0}</strong> was saved.", configuration.Title]);

        return await RedirectAfterSaveAsync(configuration, returnUrl);
    }

    /// <summary>Whether two configurations have the same settings. Secrets can't be compared, because each encryption gives a different payload.</summary>
    private static bool HasSameSettings(OutgoingMailConfiguration one, OutgoingMailConfiguration other) => SerializeSettings(one) == SerializeSettings(other);

    private static string SerializeSettings(OutgoingMailConfiguration configuration)
    {
        var properties = configuration.Properties.DeepClone().AsObject();

        foreach (var settings in properties.Select(property => property.Value).OfType<JsonObject>())
        {
            foreach (var secret in settings.Select(setting => setting.Key).Where(key => key.StartsWith("Protected", StringComparison.Ordinal)).ToArray())
            {
                settings.Remove(secret);
            }
        }

        return JsonSerializer.Serialize(new
        {
            configuration.Type,
            configuration.Username,
            configuration.DefaultFrom,
            configuration.DisplayName,
            configuration.UseDynamicDisplayName,
            configuration.AllowsOtherSenders,
            configuration.FailSilently,
            configuration.TimeoutSeconds,
            properties,
        });
    }

    private static OutgoingMailConfiguration Copy(OutgoingMailConfiguration configuration)
        => JsonSerializer.Deserialize<OutgoingMailConfiguration>(JsonSerializer.Serialize(configuration))!;

    private static async Task<OutgoingMailConfiguration?> ReloadAsync(string id)
    {
        OutgoingMailConfiguration? configuration = null;

        await ShellScope.UsingChildScopeAsync(async scope =>
            configuration = await scope.ServiceProvider.GetRequiredService<OutgoingMailConfigurationManager>().FindAsync(id));

        return configuration;
    }

    private Task<bool> CanManageAsync() => authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers);

    private IMailServerType? FindType(string? name) => types.FirstOrDefault(type => type.Name == name);

    /// <summary>Lets the drivers read the form. If one of them failed, adds a model error, so that nothing is saved partially.</summary>
    private async Task<IShape> UpdateEditorAsync(OutgoingMailConfiguration configuration, bool isNew)
    {
        var editor = await displayManager.UpdateEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew);

        if (form.IsFillIn)
        {
            foreach (var entry in ModelState.Values)
            {
                entry.Errors.Clear();
                entry.ValidationState = ModelValidationState.Valid;
            }

            return editor;
        }

        if (form.IsComplete)
        {
            return editor;
        }

        ModelState.AddModelError("", S["Nothing was saved because of an unexpected error. Try again. If it happens again, ask an operator to check the site's log."]);

        // The editor lacks the fields of the driver that failed.
        return await displayManager.BuildEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew);
    }

    /// <summary>Someone else deleted the server in the meantime. Offers the input as a new server.</summary>
    private async Task<IActionResult> OfferAsNewAsync(string? typeName)
    {
        if (FindType(typeName) is not { } type)
        {
            return this.ServerNotFound();
        }

        var configuration = OutgoingMailConfigurationManager.New(type.Name);
        var model = await BuildFormModelAsync(configuration, await UpdateEditorAsync(configuration, isNew: true));
        model.IsDeleted = true;
        Response.StatusCode = StatusCodes.Status404NotFound;

        return View("Form", model);
    }

    private async Task<IActionResult> RedirectAfterSaveAsync(OutgoingMailConfiguration configuration, string? returnUrl)
    {
        var type = FindType(configuration.Type);

        if (Request.Form[SubmitName] == SubmitAndFollowUp && type is not null)
        {
            var (controller, action, route) = (type.PostSaveAction.Controller, type.PostSaveAction.Action, new { id = configuration.ConfigurationId });

            // The browser posts this form again to that action, including the antiforgery token.
            return type.PostSaveAction.IsPost ? RedirectToActionPreserveMethod(action, controller, route) : RedirectToAction(action, controller, route);
        }

        if (type is not null && await type.GetWarningAsync(configuration) is { } warning)
        {
            await notifier.WarningAsync(warning);
        }

        return this.RedirectToList(returnUrl);
    }

    private async Task<FormViewModel> BuildFormModelAsync(OutgoingMailConfiguration configuration, IShape editor, string? revision = null)
    {
        var type = FindType(configuration.Type);

        return new FormViewModel
        {
            Title = (configuration.CreatedUtc == default ? type?.CreateTitle : type?.EditTitle)?.Value ?? configuration.Type,
            Type = configuration.Type,
            ConfigurationId = configuration.ConfigurationId,
            Editor = editor,
            Revision = revision ?? configuration.ConcurrencyStamp,
            PostSaveAction = type is not null && await authorizationService.AuthorizeAsync(User, type.PostSaveAction.Permission) ? type.PostSaveAction : null,
        };
    }

    private async Task<FormViewModel> BuildConflictModelAsync(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs, IShape editor)
    {
        // The page shows their version, so the next save may replace it.
        var model = await BuildFormModelAsync(mine, editor, theirs.ConcurrencyStamp);
        model.Conflict = await conflicts.CompareAsync(mine, theirs);

        return model;
    }
}
