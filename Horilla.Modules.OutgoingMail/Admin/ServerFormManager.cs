using System.Security.Claims;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Builds the form of a server, and lets the display drivers read a posted one. Scoped.</summary>
public sealed class ServerFormManager(
    MailServerTypes types,
    IDisplayManager<OutgoingMailConfiguration> displayManager,
    IUpdateModelAccessor updateModelAccessor,
    ServerFormContext form,
    EditConflictComparer conflicts,
    IAuthorizationService authorizationService,
    IStringLocalizer<ServerFormManager> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Builds the form of a server.</summary>
    /// <param name="configuration">The server.</param>
    /// <param name="user">The user who sees the form.</param>
    /// <param name="editor">The editor of a posted form, or null to build one.</param>
    /// <param name="revision">The revision that the edit is based on, or null for the current one.</param>
    public async Task<FormViewModel> BuildAsync(OutgoingMailConfiguration configuration, ClaimsPrincipal user, IShape? editor = null, string? revision = null)
    {
        var isNew = configuration.CreatedUtc == default;
        var type = types.Find(configuration.Type);

        return new FormViewModel
        {
            Title = (isNew ? type?.CreateTitle : type?.EditTitle)?.Value ?? configuration.Type,
            Type = configuration.Type,
            ConfigurationId = configuration.ConfigurationId,
            Editor = editor ?? await displayManager.BuildEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew),
            Revision = revision ?? configuration.ConcurrencyStamp,
            PostSaveAction = type is not null && await authorizationService.AuthorizeAsync(user, type.PostSaveAction.Permission) ? type.PostSaveAction : null,
        };
    }

    /// <summary>Builds the form after an edit that someone else's save has overtaken.</summary>
    /// <param name="mine">The edit.</param>
    /// <param name="theirs">The saved version.</param>
    /// <param name="user">The user who edits.</param>
    /// <param name="editor">The editor of the posted form.</param>
    public async Task<FormViewModel> BuildConflictAsync(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs, ClaimsPrincipal user, IShape editor)
    {
        // The page shows their version, so the next save may replace it.
        var model = await BuildAsync(mine, user, editor, theirs.ConcurrencyStamp);
        model.Conflict = await conflicts.CompareAsync(mine, theirs);

        return model;
    }

    /// <summary>Lets the drivers read the posted form. If one of them failed, adds a model error, so that nothing is saved partially.</summary>
    public async Task<IShape> UpdateAsync(OutgoingMailConfiguration configuration, bool isNew)
    {
        var updater = updateModelAccessor.ModelUpdater;
        var editor = await displayManager.UpdateEditorAsync(configuration, updater, isNew);

        if (form.IsFillIn)
        {
            foreach (var entry in updater.ModelState.Values)
            {
                entry.Errors.Clear();
                entry.ValidationState = ModelValidationState.Valid;
            }

            return editor;
        }

        if (form.IsComplete)
        {
            if (types.Find(configuration.Type) is { SendsAsUsername: true })
            {
                configuration.DefaultFrom = configuration.Username;
            }

            return editor;
        }

        updater.ModelState.AddModelError("", S["Nothing was saved because of an unexpected error. Try again. If it happens again, ask an operator to check the site's log."]);

        // The editor lacks the fields of the driver that failed.
        return await displayManager.BuildEditorAsync(configuration, updater, isNew);
    }
}
