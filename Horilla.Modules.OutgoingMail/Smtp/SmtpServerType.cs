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

    /// <inheritdoc />
    public LocalizedHtmlString? Remark(OutgoingMailConfiguration configuration)
        => configuration.GetOrCreate<SmtpServerSettings>() is { SendsPasswordInClear: true } settings
            ? H["<strong>{0}</strong> is reached without TLS: user name, password and mails can be read on the way. Set Use TLS or Use SSL.", settings.Host]
            : null;
}
