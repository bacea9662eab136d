using System.Net;
using System.Text.Json;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Options;
using Microsoft.Kiota.Abstractions;
using MimeKit;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Sends messages through Microsoft Graph, as the account that is signed in.</summary>
public sealed class OutlookTransport(OutlookTokenProvider tokens, OutlookHttpClientFactory http, OutlookErrors errors, GraphErrors graphErrors, IOptions<OutlookOptions> options) : IMailTransport
{
    /// <inheritdoc />
    public IReadOnlyList<DeliveryStep> Steps { get; } = [DeliveryStep.SignIn, DeliveryStep.Data];

    /// <summary>Graph allows an application four concurrent requests per mailbox: learn.microsoft.com/graph/throttling-limits.</summary>
    public int GetMaxConcurrency(OutgoingMailConfiguration configuration) => 4;

    /// <inheritdoc />
    public async Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        if (!MicrosoftEndpoints.TryParseGraphEndpoint(settings.GraphEndpoint, out var endpoint) || !options.Value.AllowsGraph(endpoint))
        {
            throw new DeliveryException(errors.GraphNotAllowed(settings));
        }

        var isLarge = GraphSender.IsLarge(message, out var size);

        if (isLarge && !settings.SendsLargeMails)
        {
            throw new DeliveryException(graphErrors.TooLargeForOneRequest(size));
        }

        delivery.Begin(DeliveryStep.SignIn);
        var token = await tokens.AcquireAsync(configuration, force: false, isLarge, cancellationToken);
        delivery.Complete(DeliveryStep.SignIn, token.AccountName);
        delivery.Begin(DeliveryStep.Data);

        try
        {
            string response;

            try
            {
                response = await SendAsync();
            }
            catch (ApiException e) when (e.ResponseStatusCode == (int)HttpStatusCode.Unauthorized)
            {
                // The token may have been revoked before it expired: retry once with a new one.
                delivery.Begin(DeliveryStep.SignIn);
                var next = await tokens.AcquireAsync(configuration, force: true, isLarge, cancellationToken);
                delivery.Complete(DeliveryStep.SignIn, next.AccountName);
                delivery.Begin(DeliveryStep.Data);
                response = await SendAsync();
            }

            delivery.Complete(DeliveryStep.Data);

            return response;
        }
        catch (ApiException e)
        {
            throw new DeliveryException(graphErrors.FromApiException(e, configuration), e);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or FormatException or UnexpectedResponseException)
        {
            throw new DeliveryException(graphErrors.NotGraph(e) with { Step = DeliveryStep.Data }, e);
        }
        catch (HttpRequestException e)
        {
            throw new DeliveryException(errors.Unreachable(e, endpoint.Authority, DeliveryStep.Data), e);
        }

        async Task<string> SendAsync()
        {
            using var graph = new GraphClient(
                http.GetGraphClient(),
                settings.GraphEndpoint.TrimEnd('/'),
                innerCancellationToken => tokens.AcquireAsync(configuration, force: false, isLarge, innerCancellationToken),
                () => TimeSpan.FromSeconds(configuration.TimeoutSeconds) - delivery.Elapsed);

            return await new GraphSender(graph, graphErrors, innerCancellationToken => tokens.AcquireAsync(configuration, force: true, isLarge, innerCancellationToken)).SendAsync(message, cancellationToken);
        }
    }

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery) => errors.Timeout(configuration, delivery.CurrentStep);
}
