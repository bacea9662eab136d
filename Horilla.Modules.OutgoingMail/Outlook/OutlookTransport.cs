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

    /// <inheritdoc />
    public bool IsResumable => true;

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

        RemoveCompletedRecipients(message, delivery);
        var isLarge = GraphSender.IsLarge(message, out var size);

        if (isLarge && !settings.SendsLargeMails)
        {
            throw new DeliveryException(graphErrors.TooLargeForOneRequest(size));
        }

        // Unsaved settings are tested with a new token, so that a wrong client secret shows.
        tokens.RecordsFailures = !delivery.IsUnsaved;
        await SignInAsync(configuration, isLarge, delivery, force: delivery.IsUnsaved, cancellationToken);

        try
        {
            var response = await SendWithRetryAsync(configuration, settings, message, isLarge, delivery, cancellationToken);
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
    }

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryTrace delivery) => errors.Timeout(configuration, delivery.CurrentStep);

    /// <summary>Graph sends to all recipients of the message, so those that already have it are removed from it.</summary>
    private static void RemoveCompletedRecipients(MimeMessage message, DeliveryTrace delivery)
    {
        if (delivery.CompletedRecipients.Count == 0)
        {
            return;
        }

        foreach (var list in (InternetAddressList[])[message.To, message.Cc, message.Bcc])
        {
            var left = list.Mailboxes.Where(mailbox => !delivery.CompletedRecipients.Contains(mailbox.Address)).ToArray();
            list.Clear();
            list.AddRange(left);
        }
    }

    private async Task SignInAsync(OutgoingMailConfiguration configuration, bool isLarge, DeliveryTrace delivery, bool force, CancellationToken cancellationToken)
    {
        delivery.Begin(DeliveryStep.SignIn);
        var token = await tokens.AcquireAsync(configuration, force, isLarge, cancellationToken);
        delivery.Complete(DeliveryStep.SignIn, token.AccountName);
        delivery.Begin(DeliveryStep.Data);
    }

    private async Task<string> SendWithRetryAsync(OutgoingMailConfiguration configuration, OutlookServerSettings settings, MimeMessage message, bool isLarge, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await SendOnceAsync(configuration, settings, message, isLarge, delivery, cancellationToken);
        }
        catch (ApiException e) when (e.ResponseStatusCode == (int)HttpStatusCode.Unauthorized)
        {
            // The token may have been revoked before it expired: retry once with a new one.
            delivery.ContentStarted = false;
            await SignInAsync(configuration, isLarge, delivery, force: true, cancellationToken);

            return await SendOnceAsync(configuration, settings, message, isLarge, delivery, cancellationToken);
        }
    }

    private async Task<string> SendOnceAsync(OutgoingMailConfiguration configuration, OutlookServerSettings settings, MimeMessage message, bool isLarge, DeliveryTrace delivery, CancellationToken cancellationToken)
    {
        using var graph = new GraphClient(
            http.GetGraphClient(),
            settings.GraphEndpoint.TrimEnd('/'),
            innerCancellationToken => tokens.AcquireAsync(configuration, force: false, isLarge, innerCancellationToken),
            () => TimeSpan.FromSeconds(configuration.TimeoutSeconds) - delivery.Elapsed);

        return await new GraphSender(graph, graphErrors, innerCancellationToken => tokens.AcquireAsync(configuration, force: true, isLarge, innerCancellationToken), delivery.BeginContentAsync).SendAsync(message, cancellationToken);
    }
}
