using System.Security.Claims;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Builds the form of a server. Scoped.</summary>
public sealed class ServerFormManager(
    MailServerTypes types,
    ServerEditor editors,
    EditConflictComparer conflicts,
    IAuthorizationService authorizationService,
    IStringLocalizer<ServerFormManager> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>What the drivers reported about the posted form.</summary>
    public ServerFormContext Form => editors.Form;

    /// <summary>Builds the form of a server.</summary>
    /// <param name="configuration">The server.</param>
    /// <param name="user">The user who sees the form.</param>
    /// <param name="editor">The editor of a posted form, or null to build one.</param>
    /// <param name="revision">The revision that the edit is based on, or null for the current one.</param>
    /// <param name="storedTitle">The title of the server before the edit, or null if it isn't edited.</param>
    public async Task<FormViewModel> BuildAsync(OutgoingMailConfiguration configuration, ClaimsPrincipal user, IShape? editor = null, string? revision = null, string? storedTitle = null)
    {
        var isNew = configuration.CreatedUtc == default;
        var type = types.Find(configuration.Type);
        var canSendTestMail = await authorizationService.AuthorizeAsync(user, OutgoingMailPermissions.SendTestMail);

        return new FormViewModel
        {
            Title = isNew ? type?.CreateTitle.Value ?? configuration.Type : S["{0}: {1}", type?.EditTitle.Value ?? configuration.Type, storedTitle ?? configuration.Title].Value,
            Recipient = user.GetEmail(),
            CanTestUnsaved = canSendTestMail && type is not null && await type.CanTestUnsavedAsync(configuration),
            Type = configuration.Type,
            ConfigurationId = configuration.ConfigurationId,
            Editor = editor ?? await editors.BuildAsync(configuration, isNew),
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
        var model = await BuildAsync(mine, user, editor, theirs.ConcurrencyStamp, theirs.Title);
        model.Conflict = await conflicts.CompareAsync(mine, theirs);

        return model;
    }

    /// <inheritdoc cref="ServerEditor.UpdateAsync"/>
    public Task<IShape> UpdateAsync(OutgoingMailConfiguration configuration, bool isNew) => editors.UpdateAsync(configuration, isNew);
}
