using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Any server that takes mail by SMTP (RFC 5321).</summary>
public sealed class SmtpServerType(IStringLocalizer<SmtpServerType> stringLocalizer, IHtmlLocalizer<SmtpServerType> htmlLocalizer) : IMailServerType
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
    public LocalizedString FormTitle => S["Outgoing Mail Server Configuration"];

    /// <inheritdoc />
    public LocalizedString EditTitle => FormTitle;

    /// <inheritdoc />
    public bool SendsAsUsername => false;

    /// <inheritdoc />
    public FollowUp FollowUp => new(S["Save and send test mail"], "send", "Test", "Test", IsPost: false, OutgoingMailPermissions.SendTestMail);

    /// <inheritdoc />
    public string IconShape => "SmtpServerIcon";

    /// <inheritdoc />
    public Task<LocalizedHtmlString?> RemarkAsync(OutgoingMailConfiguration configuration)
        => Task.FromResult(configuration.GetOrCreate<SmtpServerSettings>() switch
        {
            { SendsPasswordInClear: true } settings => H["<strong>{0}</strong> is reached without TLS: user name, password and mails can be read on the way. Set Use TLS or Use SSL.", settings.Host],
            { LacksPassword: true } => H["No password is stored for <strong>{0}</strong>: no mail goes through it until a new one is entered.", configuration.Title],
            _ => null,
        });

    /// <inheritdoc />
    public IEnumerable<Difference> Compare(OutgoingMailConfiguration mine, OutgoingMailConfiguration theirs)
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
            new(S["App Password"], Password(typed.ProtectedPassword), stored.ProtectedPassword is null ? S["None"] : S["Stored"]),
            new(S["This server needs no sign-in"], YesNo(typed.NeedsNoSignIn), YesNo(stored.NeedsNoSignIn)),
        ];

        string Password(string? payload)
            => payload is null ? S["None"] : payload == stored.ProtectedPassword ? S["Stored"] : S["Another one, not stored yet: enter it again"];
    }

    private string YesNo(bool value) => value ? S["Yes"] : S["No"];
}
