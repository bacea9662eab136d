using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Outbox;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Compares an edit with the version that someone else saved in the meantime. Scoped.</summary>
public sealed class EditConflictComparer(
    OutgoingMailConfigurationManager configurations,
    ServerFormContext form,
    MailServerTypes types,
    IStringLocalizer<EditConflictComparer> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Compares all fields of the form.</summary>
    public async Task<EditConflictViewModel> CompareAsync(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs)
    {
        var typeDifferences = types.Find(mine.Type)?.GetDifferences(mine, theirs) ?? [];
        var isPrimary = await configurations.GetPrimaryIdAsync() == theirs.ConfigurationId;

        return new EditConflictViewModel(theirs.ModifiedBy,
        [
            .. typeDifferences,
            new(S["Default From Mail"], mine.DefaultFrom, theirs.DefaultFrom),
            new(S["Display Name"], mine.DisplayName, theirs.DisplayName),
            new(S["Use dynamic display name"], YesNo(mine.UseDynamicDisplayName), YesNo(theirs.UseDynamicDisplayName)),
            new(S["Allow other senders"], YesNo(mine.AllowsOtherSenders), YesNo(theirs.AllowsOtherSenders)),
            new(S["Email Send Timeout (seconds)"], Number(mine.TimeoutSeconds), Number(theirs.TimeoutSeconds)),
            new(S["Fail Silently"], YesNo(mine.FailSilently), YesNo(theirs.FailSilently)),
            .. await GetOutboxDifferencesAsync(mine.GetOrCreate<OutboxServerSettings>(), theirs.GetOrCreate<OutboxServerSettings>()),
            new(S["Primary Mail Server"], YesNo(isPrimary || form.MakePrimary), YesNo(isPrimary)),
        ]);
    }

    /// <summary>Returns the settings of a server with their labels, without its secrets.</summary>
    public async Task<IReadOnlyList<FieldDifference>> GetSettingsAsync(OutgoingMailConfiguration configuration)
        => (await CompareAsync(configuration, configuration)).Differences;

    private async Task<IReadOnlyList<FieldDifference>> GetOutboxDifferencesAsync(OutboxServerSettings mine, OutboxServerSettings theirs)
    {
        return
        [
            new(S["If it can't be used, send through"], await TitleAsync(mine), await TitleAsync(theirs)),
            new(S["Messages per minute"], Limit(mine.MessagesPerMinute), Limit(theirs.MessagesPerMinute)),
            new(S["Recipients per day"], Limit(mine.RecipientsPerDay), Limit(theirs.RecipientsPerDay)),
            new(S["Send messages in doubt again"], YesNo(mine.ResendsIfInDoubt), YesNo(theirs.ResendsIfInDoubt)),
        ];

        async Task<string> TitleAsync(OutboxServerSettings settings)
            => settings.FallbackConfigurationId is { } id ? (await configurations.FindAsync(id))?.Title ?? S["Deleted server"] : S["None"];
    }

    private string Limit(int? number) => number is { } limit ? Number(limit) : S["No limit"];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string YesNo(bool value) => value ? S["Yes"] : S["No"];
}
