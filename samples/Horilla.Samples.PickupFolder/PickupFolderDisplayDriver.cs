using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;
using OrchardCore.Mvc.ModelBinding;

namespace Horilla.Samples.PickupFolder;

/// <summary>The form group of a pickup folder. The groups Sender and Delivery come from the outgoing mail module.</summary>
public sealed class PickupFolderDisplayDriver(ServerFormContext form, IStringLocalizer<PickupFolderDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public override bool CanHandleModel(OutgoingMailConfiguration configuration) => configuration.Type == PickupFolderServerType.TechnicalName;

    /// <inheritdoc />
    public override IDisplayResult Edit(OutgoingMailConfiguration configuration, BuildEditorContext context)
        => Initialize<PickupFolderViewModel>("PickupFolder_Edit", model => model.Folder = configuration.GetOrCreate<PickupFolderSettings>().Folder).Location("Content:1");

    /// <inheritdoc />
    public override async Task<IDisplayResult?> UpdateAsync(OutgoingMailConfiguration configuration, UpdateEditorContext context)
    {
        var model = new PickupFolderViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix);
        var folder = model.Folder?.Trim() ?? "";

        if (!PickupFolderSettings.IsFolderName(folder))
        {
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.Folder), S["Enter a name of 1 to 50 letters, digits, hyphens and underscores, for example Pickup."]);
        }

        configuration.Put(new PickupFolderSettings { Folder = folder });
        configuration.Destination = folder;
        configuration.SearchTerms = folder;
        form.CompleteTypePart();

        return Edit(configuration, context);
    }
}
