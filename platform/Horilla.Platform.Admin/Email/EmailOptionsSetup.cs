using Microsoft.Extensions.Options;
using OrchardCore.Email;
using OrchardCore.Email.Services;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace Horilla.Platform.Admin.Email;

/// <summary>Sets the default provider: the one in the settings if it's enabled, otherwise the last enabled one.</summary>
internal sealed class EmailOptionsSetup(ISiteService siteService, IOptions<EmailProviderOptions> providers) : IConfigureOptions<EmailOptions>
{
    public void Configure(EmailOptions options)
    {
        var chosen = siteService.GetSiteSettings().GetOrCreate<EmailSettings>().DefaultProviderName;
        var enabled = providers.Value.Providers.Where(provider => provider.Value.IsEnabled).Select(provider => provider.Key).ToArray();
        options.DefaultProviderName = chosen is not null && enabled.Contains(chosen) ? chosen : enabled.LastOrDefault();
    }
}
