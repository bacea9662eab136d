using System.Net;
using System.Text.Json;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.Options;
using Microsoft.Kiota.Abstractions;
using MimeKit;
using OrchardCore.Entities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Sends by Microsoft Graph, as the account that is signed in.</summary>
public sealed class OutlookTransport(OutlookTokens tokens, OutlookHttp http, OutlookFailures failures, GraphFailures graphFailures, IOptions<OutlookOptions> options) : IMailTransport
{
    /// <inheritdoc />
    public string ServerType => OutlookServerType.TechnicalName;

    /// <inheritdoc />
    public IReadOnlyList<DeliveryStep> Steps { get; } = [DeliveryStep.SignIn, DeliveryStep.Content];

    /// <summary>Graph takes four requests of an application for one mailbox at a time: learn.microsoft.com/graph/throttling-limits.</summary>
    public int MostAtOnce(OutgoingMailConfiguration configuration) => 4;

    /// <inheritdoc />
    public async Task<string> SendAsync(OutgoingMailConfiguration configuration, MimeMessage message, DeliveryRecorder delivery, CancellationToken cancellationToken)
    {
        var settings = configuration.GetOrCreate<OutlookServerSettings>();

        if (!MicrosoftEndpoints.TryReadGraph(settings.GraphEndpoint, out var endpoint) || !options.Value.AllowsGraph(endpoint))
        {
            throw new DeliveryException(failures.GraphIsNotAllowed(settings));
        }

        var isLarge = GraphMail.IsLarge(message, out var size);

        if (isLarge && !settings.SendsLargeMails)
        {
            throw new DeliveryException(graphFailures.TooLargeForOneRequest(size));
        }

        delivery.Begin(DeliveryStep.SignIn);
        var token = await tokens.AcquireAsync(configuration, force: false, isLarge, cancellationToken);
        delivery.Pass(DeliveryStep.SignIn, token.AccountName);
        delivery.Begin(DeliveryStep.Content);

        try
        {
            string answer;

            try
            {
                answer = await SendAsync();
            }
            catch (ApiException e) when (e.ResponseStatusCode == (int)HttpStatusCode.Unauthorized)
            {
                // The token may have been withdrawn before its time: another one, once.
                delivery.Begin(DeliveryStep.SignIn);
                var next = await tokens.AcquireAsync(configuration, force: true, isLarge, cancellationToken);
                delivery.Pass(DeliveryStep.SignIn, next.AccountName);
                delivery.Begin(DeliveryStep.Content);
                answer = await SendAsync();
            }

            delivery.Pass(DeliveryStep.Content);

            return answer;
        }
        catch (ApiException e)
        {
            throw new DeliveryException(graphFailures.Explain(e, configuration), e);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or FormatException or UnexpectedAnswerException)
        {
            throw new DeliveryException(graphFailures.NotUnderstood(e) with { Step = DeliveryStep.Content }, e);
        }
        catch (HttpRequestException e)
        {
            throw new DeliveryException(failures.Unreachable(e, endpoint.Authority), e);
        }

        async Task<string> SendAsync()
        {
            using var graph = new GraphConnection(
                http.GetGraphClient(),
                settings.GraphEndpoint.TrimEnd('/'),
                cancelled => tokens.AcquireAsync(configuration, force: false, isLarge, cancelled),
                () => TimeSpan.FromSeconds(configuration.TimeoutSeconds) - delivery.Elapsed);

            return await new GraphMail(graph, graphFailures, cancelled => tokens.AcquireAsync(configuration, force: true, isLarge, cancelled)).SendAsync(message, cancellationToken);
        }
    }

    /// <inheritdoc />
    public OutgoingMailError ExplainTimeout(OutgoingMailConfiguration configuration, DeliveryRecorder delivery) => failures.Timeout(configuration, delivery.Current);
}
