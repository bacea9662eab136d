using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Any server that takes mail by SMTP (RFC 5321).</summary>
public sealed class SmtpServerType(IStringLocalizer<SmtpServerType> stringLocalizer) : IMailServerType
{
    /// <summary>The technical name.</summary>
    public const string TechnicalName = "Mail";

    private readonly IStringLocalizer S = stringLocalizer;

    /// <inheritdoc />
    public string Name => TechnicalName;

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
    public string IconShape => "SmtpServerIcon";
}
