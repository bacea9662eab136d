using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;

namespace Horilla.TestHost.ServerTypes;

public sealed class OddDisplayDriver(ServerFormContext form, SecretField secretField) : DisplayDriver<OutgoingMailConfiguration>
{
    public override bool CanHandleModel(OutgoingMailConfiguration configuration) => configuration.Type is "Odd" or "Uncreatable";

    public override IDisplayResult Edit(OutgoingMailConfiguration configuration, BuildEditorContext context) => Initialize<OddViewModel>("Odd_Edit", model =>
    {
        model.Server = configuration.GetOrCreate<OddSettings>().Server;
        model.Username = configuration.Username;
    }).Location("Content:1");

    public override async Task<IDisplayResult?> UpdateAsync(OutgoingMailConfiguration configuration, UpdateEditorContext context)
    {
        var model = new OddViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix);
        var stored = configuration.GetOrCreate<OddSettings>();
        var key = new SecretFieldInput
        {
            Configuration = configuration,
            SecretName = OddSettings.SecretName,
            FieldName = $"{Prefix}.{nameof(model.Key)}",
            Label = new LocalizedString("", "key"),
            NewValue = model.Key,
            Remove = model.RemoveKey,
            StoredPayload = stored.ProtectedKey,
            RequiredMessage = new LocalizedString("", "Enter the key."),
            CanKeepStored = stored.Server == model.Server,
            ReentryMessage = new LocalizedString("", "Re-enter the key for the other server."),
        };
        configuration.Username = model.Username ?? "";
        configuration.Put(new OddSettings { Server = model.Server ?? "", ProtectedKey = secretField.Update(key, context.Updater.ModelState) });
        form.CompleteTypePart();

        return Edit(configuration, context);
    }
}
