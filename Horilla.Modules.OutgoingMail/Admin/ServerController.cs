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
    ConfigurationManager configurations,
    PostedForm form,
    EditConflicts conflicts,
    IEnumerable<IMailServerType> types,
    IDisplayManager<OutgoingMailConfiguration> displayManager,
    IUpdateModelAccessor updateModelAccessor,
    INotifier notifier,
    IStringLocalizer<ServerController> stringLocalizer,
    IHtmlLocalizer<ServerController> htmlLocalizer) : Controller
{
    /// <summary>The name of the buttons of the form.</summary>
    public const string SubmitName = "submit.Action";

    /// <summary>Save, and go on to what comes after.</summary>
    public const string SubmitAndFollowUp = "follow-up";

    private readonly IStringLocalizer S = stringLocalizer;
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>The choice between the types.</summary>
    [HttpGet]
    public async Task<IActionResult> New()
        => await MayManageAsync() ? View(types.OrderBy(type => type.Position)) : Forbid();

    /// <summary>The form of a new server of a type.</summary>
    [HttpGet]
    public async Task<IActionResult> Create(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (FindType(id) is not { } type)
        {
            return this.Gone();
        }

        var configuration = ConfigurationManager.New(type.Name);

        return View("Form", await FormAsync(configuration, await displayManager.BuildEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew: true)));
    }

    /// <summary>Stores a new server.</summary>
    [HttpPost]
    [ActionName(nameof(Create))]
    public async Task<IActionResult> CreatePost(string id, string? configurationId, string? returnUrl)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (FindType(id) is not { } type)
        {
            return this.Gone();
        }

        var configuration = ConfigurationManager.New(type.Name, configurationId);
        var editor = await ReadAsync(configuration, isNew: true);

        if (form.IsDraft || !ModelState.IsValid)
        {
            return View("Form", await FormAsync(configuration, editor));
        }

        var existing = await configurations.CreateAsync(configuration, form.MakePrimary);

        if (existing is not null && !IsSame(existing, configuration))
        {
            // The browser went back to the form, and something else was typed: another server.
            configuration = ConfigurationManager.New(type.Name);
            await ReadAsync(configuration, isNew: true);
            existing = await configurations.CreateAsync(configuration, form.MakePrimary);
        }

        await (existing is null
            ? notifier.SuccessAsync(H["The mail server <strong>{0}</strong> was created.", configuration.Title])
            : notifier.InformationAsync(H["The mail server <strong>{0}</strong> already exists: the form was submitted twice. If you entered another password or client secret the second time, enter it there with Edit.", configuration.Title]));

        return await SavedAsync(configuration, returnUrl);
    }

    /// <summary>The form of a server.</summary>
    [HttpGet]
    public async Task<IActionResult> Edit(string id)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        return await configurations.FindAsync(id) is { } configuration
            ? View("Form", await FormAsync(configuration, await displayManager.BuildEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew: false)))
            : this.Gone();
    }

    /// <summary>Stores an edit, unless somebody else changed the server meanwhile.</summary>
    [HttpPost]
    [ActionName(nameof(Edit))]
    public async Task<IActionResult> EditPost(string id, string? revision, string? type, string? returnUrl)
    {
        if (!await MayManageAsync())
        {
            return Forbid();
        }

        if (await configurations.FindAsync(id) is not { } configuration)
        {
            return await GoneAsync(type);
        }

        var stored = Copy(configuration);
        var editor = await ReadAsync(configuration, isNew: false);

        if (form.IsDraft)
        {
            return View("Form", await FormAsync(configuration, editor, revision));
        }

        if (revision != stored.Revision)
        {
            return View("Form", await ConflictAsync(configuration, stored, editor));
        }

        if (!ModelState.IsValid)
        {
            return View("Form", await FormAsync(configuration, editor));
        }

        try
        {
            await configurations.SaveAsync(configuration, form.MakePrimary);
        }
        catch (ConcurrencyException)
        {
            // Somebody else was quicker by less than this request took.
            return await FindAnewAsync(id) is { } theirs ? View("Form", await ConflictAsync(configuration, theirs, editor)) : await GoneAsync(type);
        }

        await notifier.SuccessAsync(H["The mail server <strong>{0}</strong> was saved.", configuration.Title]);

        return await SavedAsync(configuration, returnUrl);
    }

    /// <summary>Whether two have the same settings. Secrets can't be compared: each encryption of one is another text.</summary>
    private static bool IsSame(OutgoingMailConfiguration one, OutgoingMailConfiguration other) => SettingsOf(one) == SettingsOf(other);

    private static string SettingsOf(OutgoingMailConfiguration configuration)
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

    private static async Task<OutgoingMailConfiguration?> FindAnewAsync(string id)
    {
        OutgoingMailConfiguration? found = null;

        await ShellScope.UsingChildScopeAsync(async scope =>
            found = await scope.ServiceProvider.GetRequiredService<ConfigurationManager>().FindAsync(id));

        return found;
    }

    private Task<bool> MayManageAsync() => authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers);

    private IMailServerType? FindType(string? name) => types.FirstOrDefault(type => type.Name == name);

    /// <summary>Has the drivers read the form. One that broke off makes it an error: nothing is saved by halves.</summary>
    private async Task<IShape> ReadAsync(OutgoingMailConfiguration configuration, bool isNew)
    {
        var editor = await displayManager.UpdateEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew);

        if (form.IsDraft)
        {
            foreach (var entry in ModelState.Values)
            {
                entry.Errors.Clear();
                entry.ValidationState = ModelValidationState.Valid;
            }

            return editor;
        }

        if (form.IsRead)
        {
            return editor;
        }

        ModelState.AddModelError("", S["Nothing was saved, because a part of the form could not be stored. Try again; if it stays so, an operator finds the cause in the log of the site."]);

        // What the driver would have shown is missing.
        return await displayManager.BuildEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew);
    }

    /// <summary>Somebody has deleted it meanwhile: what was typed is offered for a new server.</summary>
    private async Task<IActionResult> GoneAsync(string? typeName)
    {
        if (FindType(typeName) is not { } type)
        {
            return this.Gone();
        }

        var configuration = ConfigurationManager.New(type.Name);
        var model = await FormAsync(configuration, await ReadAsync(configuration, isNew: true));
        model.IsGone = true;
        Response.StatusCode = StatusCodes.Status404NotFound;

        return View("Form", model);
    }

    private async Task<IActionResult> SavedAsync(OutgoingMailConfiguration configuration, string? returnUrl)
    {
        var type = FindType(configuration.Type);

        if (Request.Form[SubmitName] == SubmitAndFollowUp && type is not null)
        {
            var (controller, action, route) = (type.FollowUp.Controller, type.FollowUp.Action, new { id = configuration.ConfigurationId });

            // The browser then posts this form there, and with it the antiforgery token.
            return type.FollowUp.IsPost ? RedirectToActionPreserveMethod(action, controller, route) : RedirectToAction(action, controller, route);
        }

        if (type is not null && await type.RemarkAsync(configuration) is { } remark)
        {
            await notifier.WarningAsync(remark);
        }

        return this.ToList(returnUrl);
    }

    private async Task<FormViewModel> FormAsync(OutgoingMailConfiguration configuration, IShape editor, string? revision = null)
    {
        var type = FindType(configuration.Type);

        return new FormViewModel
        {
            Title = (configuration.CreatedUtc == default ? type?.FormTitle : type?.EditTitle)?.Value ?? configuration.Type,
            Type = configuration.Type,
            ConfigurationId = configuration.ConfigurationId,
            Editor = editor,
            Revision = revision ?? configuration.Revision,
            FollowUp = type is not null && await authorizationService.AuthorizeAsync(User, type.FollowUp.Permission) ? type.FollowUp : null,
        };
    }

    private async Task<FormViewModel> ConflictAsync(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs, IShape editor)
    {
        // Whoever saves again has seen what is there now.
        var model = await FormAsync(mine, editor, theirs.Revision);
        model.Conflict = await conflicts.CompareAsync(mine, theirs);

        return model;
    }
}
