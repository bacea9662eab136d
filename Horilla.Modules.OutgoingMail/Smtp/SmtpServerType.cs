using System.Globalization;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Any mail server that accepts email through SMTP (RFC 5321).</summary>
public sealed class SmtpServerType(SecretField secretField, IStringLocalizer<SmtpServerType> stringLocalizer, IHtmlLocalizer<SmtpServerType> htmlLocalizer) : IMailServerType
{
    /// <summary>The technical name.</summary>
    public const string TechnicalName = "Mail";

    private readonly IStringLocalizer S = stringLocalizer;
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <inheritdoc />
    public string Name => TechnicalName;

    /// <inheritdoc />
    public int Position => 10;

    /// <inheritdoc />
    public LocalizedString Label => S["Mail"];

    /// <inheritdoc />
    public LocalizedString Title => S["Other Mail Servers"];

    /// <inheritdoc />
    public LocalizedString Description => S["SMTP, Gmail, Yahoo, or any other mail server"];

    /// <inheritdoc />
    public LocalizedString SelectText => S["Select Other"];

    /// <inheritdoc />
    public LocalizedString CreateTitle => S["Outgoing Mail Server Configuration"];

    /// <inheritdoc />
    public PostSaveAction PostSaveAction => PostSaveAction.SendTestMail(S["Save and send test mail"]);

    /// <inheritdoc />
    public string IconShape => "SmtpServerIcon";

    /// <inheritdoc />
    public Task<LocalizedHtmlString?> GetWarningAsync(OutgoingMailConfiguration configuration)
        => Task.FromResult(configuration.GetOrCreate<SmtpServerSettings>() switch
        {
            { SendsPasswordUnencrypted: true } settings => H["The connection to <strong>{0}</strong> is unencrypted: others may read user name, password and messages in transit. Set Use TLS or Use SSL to Yes.", settings.Host],
            { IsPasswordMissing: true } => H["No password is stored for <strong>{0}</strong>. It can't send email until you enter one.", configuration.Title],
            _ => null,
        });

    /// <inheritdoc />
    public IEnumerable<FieldDifference> GetDifferences(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs)
    {
        var (typed, stored) = (mine.GetOrCreate<SmtpServerSettings>(), theirs.GetOrCreate<SmtpServerSettings>());

        return
        [
            new(S["Host"], typed.Host, stored.Host),
            new(S["Port"], typed.Port.ToString(CultureInfo.InvariantCulture), stored.Port.ToString(CultureInfo.InvariantCulture)),
            new(S["Use TLS"], YesNo(typed.UseTls), YesNo(stored.UseTls)),
            new(S["Use SSL"], YesNo(typed.UseSsl), YesNo(stored.UseSsl)),
            new(S["Maximum connections"], typed.MaxConnections.ToString(CultureInfo.InvariantCulture), stored.MaxConnections.ToString(CultureInfo.InvariantCulture)),
            new(S["EHLO name"], typed.LocalDomain ?? "", stored.LocalDomain ?? ""),
            new(S["Email Host Username"], mine.Username, theirs.Username),
            secretField.GetDifference(S["App Password"], typed.ProtectedPassword, stored.ProtectedPassword),
            new(S["No sign-in required"], YesNo(typed.NeedsNoSignIn), YesNo(stored.NeedsNoSignIn)),
        ];
    }

    private string YesNo(bool value) => value ? S["Yes"] : S["No"];
}
