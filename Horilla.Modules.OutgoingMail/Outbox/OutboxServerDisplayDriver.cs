using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Horilla.Modules.OutgoingMail.Smtp;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;
using OrchardCore.Mvc.ModelBinding;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>The part of a server's form that concerns the outbox.</summary>
public sealed class OutboxServerDisplayDriver(ISession session, IStringLocalizer<OutboxServerDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private const int MaxMessagesPerMinute = 100_000;
    private const int MaxRecipientsPerDay = 100_000_000;

    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public override async Task<IDisplayResult?> EditAsync(OutgoingMailConfiguration configuration, BuildEditorContext context)
    {
        var titles = await session.GetConfigurationTitlesAsync();
        var settings = configuration.GetOrCreate<OutboxServerSettings>();

        return Initialize<OutboxServerViewModel>("OutboxServer_Edit", model =>
        {
            model.FallbackConfigurationId = settings.FallbackConfigurationId;
            model.MessagesPerMinute = settings.MessagesPerMinute?.ToString(CultureInfo.InvariantCulture);
            model.RecipientsPerDay = settings.RecipientsPerDay?.ToString(CultureInfo.InvariantCulture);
            model.ResendsIfInDoubt = settings.ResendsIfInDoubt;
            model.Servers = titles.Where(server => server.Key != configuration.ConfigurationId).ToDictionary();
        }).Location("Advanced:20");
    }

    /// <inheritdoc />
    public override async Task<IDisplayResult?> UpdateAsync(OutgoingMailConfiguration configuration, UpdateEditorContext context)
    {
        var model = new OutboxServerViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.FallbackConfigurationId, m => m.MessagesPerMinute, m => m.RecipientsPerDay, m => m.ResendsIfInDoubt, m => m.Provider, m => m.FillIn);

        if (model is { FillIn: true, Provider: { } id } && SmtpProviders.Find(id) is { } provider)
        {
            Set(nameof(model.MessagesPerMinute), provider.MessagesPerMinute);
            Set(nameof(model.RecipientsPerDay), provider.RecipientsPerDay);

            return await EditAsync(configuration, context);
        }

        var titles = await session.GetConfigurationTitlesAsync();

        if (!string.IsNullOrEmpty(model.FallbackConfigurationId) && (model.FallbackConfigurationId == configuration.ConfigurationId || !titles.ContainsKey(model.FallbackConfigurationId)))
        {
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.FallbackConfigurationId), S["This mail server doesn't exist. Choose another one, or none."].Value);
        }

        configuration.Put(new OutboxServerSettings
        {
            FallbackConfigurationId = string.IsNullOrEmpty(model.FallbackConfigurationId) ? null : model.FallbackConfigurationId,
            MessagesPerMinute = Parse(context, nameof(model.MessagesPerMinute), model.MessagesPerMinute, MaxMessagesPerMinute),
            RecipientsPerDay = Parse(context, nameof(model.RecipientsPerDay), model.RecipientsPerDay, MaxRecipientsPerDay),
            ResendsIfInDoubt = model.ResendsIfInDoubt,
        });

        return await EditAsync(configuration, context);

        void Set(string field, int? value)
        {
            var text = value?.ToString(CultureInfo.InvariantCulture) ?? "";
            context.Updater.ModelState.SetModelValue($"{Prefix}.{field}", text, text);
        }
    }

    private int? Parse(UpdateEditorContext context, string field, string? text, int max)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
        {
            return number;
        }

        context.Updater.ModelState.AddModelError(Prefix, field, S["Enter a whole number from 1 to {0}, or leave the field empty for no limit.", max].Value);

        return null;
    }
}
