using System.Net;
using System.Text.Json;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Options;
using Microsoft.Kiota.Abstractions;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Reads the profile of an account from Microsoft Graph.</summary>
public sealed class OutlookProfileReader(OutlookHttpClientFactory http, OutlookErrors errors, GraphErrors graphErrors, IOptions<OutlookOptions> options)
{
    /// <summary>Returns whether an address is the mail address or user principal name of the account.</summary>
    /// <exception cref="DeliveryException">The profile couldn't be read.</exception>
    public async Task<bool> IsAccountAddressAsync(OutgoingMailConfiguration configuration, string accessToken, string address, CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        if (!MicrosoftEndpoints.TryParseGraphEndpoint(settings.GraphEndpoint, out var endpoint) || !options.Value.AllowsGraph(endpoint))
        {
            throw new DeliveryException(errors.GraphNotAllowed(settings));
        }

        try
        {
            var token = new OutlookToken(accessToken, "", default);
            using var graph = new GraphClient(http.GetGraphClient(), settings.GraphEndpoint, _ => Task.FromResult(token), () => TimeSpan.FromSeconds(configuration.TimeoutSeconds));
            var user = await graph.Client.Me.GetAsync(
                request =>
                {
                    request.QueryParameters.Select = ["mail", "userPrincipalName"];
                    request.Options = graph.CreateOptions(new ExpectedGraphResponse(HttpStatusCode.OK));
                },
                cancellationToken);

            return new[] { user?.Mail, user?.UserPrincipalName }.Contains(address, StringComparer.OrdinalIgnoreCase);
        }
        catch (ApiException e)
        {
            throw new DeliveryException(graphErrors.FromApiException(e, configuration), e);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or FormatException or UnexpectedResponseException)
        {
            throw new DeliveryException(graphErrors.NotGraph(e), e);
        }
        catch (HttpRequestException e)
        {
            throw new DeliveryException(errors.Unreachable(e, endpoint.Authority, DeliveryStep.SignIn), e);
        }
    }
}
