using System.Security.Cryptography;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Options;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Creates MSAL's client for a configuration from its stored secrets. Scoped.</summary>
public sealed class OutlookMsalClientFactory(SecretProtector secrets, OutlookHttpClientFactory http, OutlookErrors errors, IOptions<OutlookOptions> options)
{
    /// <summary>Creates a client without tokens.</summary>
    /// <exception cref="DeliveryException">The settings of the configuration don't allow a sign-in.</exception>
    internal OutlookMsalClient Create(OutgoingMailConfiguration configuration) => Create(configuration, []);

    /// <summary>Creates a client with the stored tokens of a sign-in.</summary>
    /// <exception cref="DeliveryException">The settings of the configuration don't allow a sign-in, or the stored tokens can't be read.</exception>
    internal OutlookMsalClient Open(OutgoingMailConfiguration configuration, OutlookSignIn signIn)
        => Create(configuration, Convert.FromBase64String(Unprotect(configuration, OutlookSignIn.Tokens, signIn.ProtectedTokens)));

    /// <summary>Returns the payload to store for the tokens of a client.</summary>
    internal string ProtectTokens(OutgoingMailConfiguration configuration, OutlookMsalClient client)
        => secrets.Protect(configuration.ConfigurationId, OutlookSignIn.Tokens, Convert.ToBase64String(client.Tokens));

    private OutlookMsalClient Create(OutgoingMailConfiguration configuration, byte[] tokens)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        if (settings.Authority is not { } authority || !options.Value.AllowsAuthority(authority))
        {
            throw new DeliveryException(errors.AuthorityNotAllowed(settings));
        }

        if (settings.ProtectedClientSecret is null)
        {
            throw new DeliveryException(errors.SecretMissing(configuration));
        }

        return new OutlookMsalClient(settings, Unprotect(configuration, OutlookServerSettings.ClientSecret, settings.ProtectedClientSecret), http, tokens);
    }

    private string Unprotect(OutgoingMailConfiguration configuration, string field, string payload)
    {
        try
        {
            return secrets.Unprotect(configuration.ConfigurationId, field, payload);
        }
        catch (CryptographicException e)
        {
            throw new DeliveryException(errors.SecretUnreadable(configuration, field), e);
        }
    }
}
