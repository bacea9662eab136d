using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The parts that all server types share: the list row, and the form groups Sender and Delivery.</summary>
public sealed class ConfigurationDisplayDriver(
    OutgoingMailConfigurationManager configurations,
    MailServerTypes types,
    ListRequestState listState,
    ServerFormContext form,
    IStringLocalizer<ConfigurationDisplayDriver> stringLocalizer) : DisplayDriver<OutgoingMailConfiguration>
{
    private const int MaxNameLength = 200;
    private const int MaxTimeout = 600;

    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public override Task<IDisplayResult?> DisplayAsync(OutgoingMailConfiguration configuration, BuildDisplayContext context)
        => CombineAsync(
            Row("OutgoingMailServerName_SummaryAdmin", configuration).Location("SummaryAdmin", "Header:1"),
            Row("OutgoingMailServerType_SummaryAdmin", configuration).Location("SummaryAdmin", "ServerType:1"),
            Row("OutgoingMailServerStatus_SummaryAdmin", configuration).Location("SummaryAdmin", "Status:1"),
            Row("OutgoingMailServerLastSent_SummaryAdmin", configuration).Location("SummaryAdmin", "LastSent:1"),
            Row("OutgoingMailServerActions_SummaryAdmin", configuration).Location("SummaryAdmin", "Actions:5"));

    /// <inheritdoc />
    public override async Task<IDisplayResult?> EditAsync(OutgoingMailConfiguration configuration, BuildEditorContext context)
    {
        var primary = await configurations.FindPrimaryAsync();
        var parts = new List<IDisplayResult>
        {
            Part("OutgoingMailPrimary_Edit").Location("Content:9"),
            Part("OutgoingMailDelivery_Edit").Location("Advanced:9"),
        };

        if (!SendsAsUsername(configuration))
        {
            parts.Add(Part("OutgoingMailSender_Edit").Location("Content:5"));
            parts.Add(Part("OutgoingMailOtherSenders_Edit").Location("Advanced:5"));
        }

        return Combine([.. parts]);

        ShapeResult Part(string shapeType) => Initialize<ConfigurationViewModel>(shapeType, model => Fill(model, configuration, primary));
    }

    /// <inheritdoc />
    public override async Task<IDisplayResult?> UpdateAsync(OutgoingMailConfiguration configuration, UpdateEditorContext context)
    {
        var model = new ConfigurationViewModel();

        await context.Updater.TryUpdateModelAsync(
            model,
            Prefix,
            m => m.DefaultFrom,
            m => m.DisplayName,
            m => m.UseDynamicDisplayName,
            m => m.AllowsOtherSenders,
            m => m.TimeoutSeconds,
            m => m.FailSilently,
            m => m.IsPrimary);

        if (!SendsAsUsername(configuration))
        {
            model.DefaultFrom = model.DefaultFrom.TrimInvisible();
            ValidateDefaultFrom(model, context);
            configuration.DefaultFrom = model.DefaultFrom;
            configuration.UseDynamicDisplayName = model.UseDynamicDisplayName;
            configuration.AllowsOtherSenders = model.AllowsOtherSenders;
        }

        ValidateDisplayName(model, context);
        var timeout = ParseTimeout(model, context);

        configuration.DisplayName = model.DisplayName?.Trim() ?? "";
        configuration.TimeoutSeconds = timeout ?? configuration.TimeoutSeconds;
        configuration.FailSilently = model.FailSilently;
        form.MakePrimary = model.IsPrimary;
        form.CompleteCommonPart();

        return await EditAsync(configuration, context);
    }

    private static void Fill(ConfigurationViewModel model, OutgoingMailConfiguration configuration, OutgoingMailConfiguration? primary)
    {
        model.DefaultFrom = configuration.DefaultFrom;
        model.DisplayName = configuration.DisplayName;
        model.UseDynamicDisplayName = configuration.UseDynamicDisplayName;
        model.AllowsOtherSenders = configuration.AllowsOtherSenders;
        model.TimeoutSeconds = configuration.TimeoutSeconds.ToString(CultureInfo.InvariantCulture);
        model.FailSilently = configuration.FailSilently;
        model.IsPrimaryLocked = primary is null || primary.ConfigurationId == configuration.ConfigurationId;
        model.IsPrimary = model.IsPrimaryLocked;
        model.PrimaryTitle = primary?.Title;
    }

    private bool SendsAsUsername(OutgoingMailConfiguration configuration) => types.Find(configuration.Type) is { SendsAsUsername: true };

    private ShapeResult Row(string shapeType, OutgoingMailConfiguration configuration)
        => Initialize<ServerRowViewModel>(shapeType, model =>
        {
            var type = types.Find(configuration.Type);
            model.Configuration = configuration;
            model.TypeLabel = type?.Label.Value ?? configuration.Type;
            model.IconShape = type?.IconShape;
            model.IsPrimary = configuration.ConfigurationId == listState.PrimaryId;
            model.RequiresSignIn = listState.RequireSignIn.Contains(configuration.ConfigurationId);
            model.LastDelivery = listState.LastDeliveries.GetValueOrDefault(configuration.ConfigurationId);
            model.Backlog = listState.Backlogs.GetValueOrDefault(configuration.ConfigurationId);
            model.ReturnUrl = listState.ReturnUrl;
            model.CurrentUrl = listState.CurrentUrl;
            model.CanSelect = listState.CanSelect;
            model.CanManage = listState.CanManage;
            model.CanSendTestMail = listState.CanSendTestMail;
        });

    private void ValidateDefaultFrom(ConfigurationViewModel model, UpdateEditorContext context)
    {
        if (string.IsNullOrWhiteSpace(model.DefaultFrom))
        {
            AddModelError(context, nameof(model.DefaultFrom), S["Enter the address that messages are sent from, for example info@example.com."]);
        }
        else if (InvisibleCharacters.GetErrorMessage(model.DefaultFrom, S) is { } errorMessage)
        {
            AddModelError(context, nameof(model.DefaultFrom), errorMessage);
        }
        else if (!MailAddressParser.TryParse(model.DefaultFrom, out _))
        {
            AddModelError(context, nameof(model.DefaultFrom), S["'{0}' isn't a valid email address. Enter one address of at most {1} characters, without a name, for example info@example.com.", model.DefaultFrom.TruncateInput(), MailAddressParser.MaxLength]);
        }
    }

    private void ValidateDisplayName(ConfigurationViewModel model, UpdateEditorContext context)
    {
        var name = model.DisplayName?.Trim() ?? "";

        if (name.Length == 0)
        {
            AddModelError(context, nameof(model.DisplayName), S["Enter the name that recipients see as the sender."]);
        }
        else if (name.Length > MaxNameLength || name.Any(char.IsControl))
        {
            AddModelError(context, nameof(model.DisplayName), S["The display name can have at most {0} characters and no line breaks.", MaxNameLength]);
        }
    }

    private int? ParseTimeout(ConfigurationViewModel model, UpdateEditorContext context)
    {
        if (int.TryParse(model.TimeoutSeconds, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= MaxTimeout)
        {
            return seconds;
        }

        AddModelError(context, nameof(model.TimeoutSeconds), S["Enter a number of seconds from 1 to {0}.", MaxTimeout]);

        return null;
    }

    private void AddModelError(UpdateEditorContext context, string field, LocalizedString message)
        => context.Updater.ModelState.AddModelError(Prefix, field, message.Value);
}
