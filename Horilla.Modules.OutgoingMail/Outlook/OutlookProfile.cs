using System.Net;
using System.Text.Json;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.Options;
using Microsoft.Kiota.Abstractions;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Asks Microsoft Graph whose an account is.</summary>
public sealed class OutlookProfile(OutlookHttp http, OutlookFailures failures, GraphFailures graphFailures, IOptions<OutlookOptions> options)
{
    /// <summary>Whether an address is the one of the account's mailbox.</summary>
    /// <exception cref="DeliveryException">Microsoft Graph did not say.</exception>
    public async Task<bool> HasAddressAsync(OutgoingMailConfiguration configuration, string accessToken, string address, CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        if (!MicrosoftEndpoints.TryReadGraph(settings.GraphEndpoint, out var endpoint) || !options.Value.AllowsGraph(endpoint))
        {
            throw new DeliveryException(failures.GraphIsNotAllowed(settings));
        }

        try
        {
            var token = new OutlookToken(accessToken, "", default);
            using var graph = new GraphConnection(http.GetGraphClient(), settings.GraphEndpoint, _ => Task.FromResult(token), () => TimeSpan.FromSeconds(configuration.TimeoutSeconds));
            var user = await graph.Client.Me.GetAsync(
                request =>
                {
                    request.QueryParameters.Select = ["mail", "userPrincipalName"];
                    request.Options = graph.Options(new GraphAnswer(HttpStatusCode.OK));
                },
                cancellationToken);

            return new[] { user?.Mail, user?.UserPrincipalName }.Contains(address, StringComparer.OrdinalIgnoreCase);
        }
        catch (ApiException e)
        {
            throw new DeliveryException(graphFailures.Explain(e, configuration), e);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or FormatException or UnexpectedAnswerException)
        {
            throw new DeliveryException(graphFailures.NotUnderstood(e), e);
        }
        catch (HttpRequestException e)
        {
            throw new DeliveryException(failures.Unreachable(e, endpoint.Authority), e);
        }
    }
}
