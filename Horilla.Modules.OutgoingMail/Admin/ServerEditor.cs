using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Builds the editor of a server, and lets the display drivers read a posted one. Scoped.</summary>
public sealed class ServerEditor(
    MailServerTypes types,
    IDisplayManager<OutgoingMailConfiguration> displayManager,
    IUpdateModelAccessor updateModelAccessor,
    ServerFormContext form,
    SecretField secretField,
    IStringLocalizer<ServerEditor> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>What the drivers reported about the posted form.</summary>
    public ServerFormContext Form => form;

    /// <summary>Builds the editor.</summary>
    public Task<IShape> BuildAsync(OutgoingMailConfiguration configuration, bool isNew) => displayManager.BuildEditorAsync(configuration, updateModelAccessor.ModelUpdater, isNew);

    /// <summary>
    /// Lets the drivers read the posted form. If one of them failed, adds a model error, so that nothing is saved partially.
    /// With errors, typed secrets have to be entered again: otherwise the stored ones would be kept unnoticed.
    /// </summary>
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
        }
        else
        {
            updater.ModelState.AddModelError("", S["Nothing was saved because of an unexpected error. Try again. If it happens again, ask an operator to check the site's log."]);

            // The editor lacks the fields of the driver that failed.
            editor = await BuildAsync(configuration, isNew);
        }

        if (!updater.ModelState.IsValid && !form.KeepsSecrets)
        {
            secretField.RequireReentry(updater.ModelState);
        }

        return editor;
    }
}
