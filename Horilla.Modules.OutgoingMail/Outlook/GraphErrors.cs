using System.Globalization;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Explains why Microsoft Graph didn't accept a message, and how to fix it, based on its error codes.</summary>
/// <remarks>Source: https://learn.microsoft.com/graph/errors, and the error codes of Exchange Web Services that it passes on.</remarks>
public sealed class GraphErrors(IStringLocalizer<GraphErrors> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    internal OutgoingMailError TooLargeForOneRequest(long size) => Error(
        DeliveryStep.Data,
        "too-large",
        S["The message is {0} MB, which is more than Microsoft Graph accepts in one request.", Megabytes(size)],
        S["Turn on Send large messages and sign in again, which requires the permission Mail.ReadWrite. Or send smaller attachments, or links to them."],
        nameof(OutlookServerViewModel.SendsLargeMails));

    internal OutgoingMailError TooLarge(long size) => Error(
        DeliveryStep.Data,
        "too-large",
        S["The message is {0} MB and has parts that are too large for Microsoft Graph.", Megabytes(size)],
        S["The limits are 150 MB for an attachment, 3 MB for the text, and 3 MB in total for a signed message. Send smaller attachments, or links to them."]);

    internal OutgoingMailError NoDraft() => Error(DeliveryStep.Data, "graph-no-draft", S["Microsoft Graph created a draft of the message but didn't return its ID."], S["Try again. If it keeps failing, check Microsoft Graph API endpoint."], nameof(OutlookServerViewModel.GraphEndpoint));

    internal OutgoingMailError NotGraph(Exception e) => Error(
        DeliveryStep.SignIn,
        "graph-not-understood",
        S["The response from the Microsoft Graph API endpoint didn't come from Microsoft Graph. Nothing was sent."],
        S["Check the endpoint. If it's correct, a proxy or a sign-in page of the network may be intercepting the connection: ask an operator."],
        nameof(OutlookServerViewModel.GraphEndpoint)) with
    {
        ServerResponse = (e as UnexpectedResponseException)?.Message,
    };

    internal OutgoingMailError UploadFailed(string name) => Error(DeliveryStep.Data, "graph-upload-failed", S["The attachment '{0}' couldn't be uploaded to Microsoft Graph.", name], S["Try again, or send a smaller attachment or a link to it."], canRetry: true);

    /// <summary>Explains an error response of Microsoft Graph.</summary>
    internal OutgoingMailError FromApiException(ApiException e, OutgoingMailConfiguration configuration) => FromApiException((e as ODataError)?.Error?.Code ?? "", e.ResponseStatusCode, configuration) with
    {
        ServerResponse = FormatResponse(e),
        RetryAfter = GetRetryAfter(e),
    };

    private static string Megabytes(long size) => (size / 1024d / 1024d).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Returns how long Microsoft Graph asked to wait, in seconds (RFC 9110 section 10.2.3). Graph doesn't use the form with a date.</summary>
    private static TimeSpan? GetRetryAfter(ApiException e)
        => e.ResponseHeaders?.TryGetValue("Retry-After", out var values) == true && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string FormatResponse(ApiException e)
    {
        var error = (e as ODataError)?.Error;
        var summary = $"{e.ResponseStatusCode.ToString(CultureInfo.InvariantCulture)} {error?.Code}{(string.IsNullOrEmpty(error?.Message) ? "" : $": {error.Message}")}";
        var id = error?.InnerError?.RequestId ?? (e.ResponseHeaders?.TryGetValue("request-id", out var ids) == true ? ids.FirstOrDefault() : null);

        return id is null ? summary : $"{summary} (request-id {id})";
    }

    private static OutgoingMailError Error(DeliveryStep step, string code, LocalizedString message, LocalizedString nextStep, string? field = null, bool canRetry = false) => new()
    {
        Step = step,
        Code = code,
        Message = message,
        NextStep = nextStep,
        Field = field,
        CanRetry = canRetry,
    };

    private OutgoingMailError FromApiException(string code, int status, OutgoingMailConfiguration configuration) => (code, status) switch
    {
        ("ErrorSendAsDenied" or "ErrorSendOnBehalfOfDenied", _) => Error(
            DeliveryStep.Sender,
            "sender-refused",
            S["The account isn't allowed to send as {0}.", configuration.Username],
            S["Ask an Exchange administrator to give the account the Send As or Send on Behalf permission for this mailbox. The change can take an hour. Or enter the address of the account that signs in as Email Host Username."],
            nameof(OutlookServerViewModel.Username)),
        ("MailboxNotEnabledForRESTAPI" or "MailboxNotSupportedForRESTAPI" or "ErrorMailboxNotEnabledForRESTAPI", _) => Error(
            DeliveryStep.Sender,
            "outlook-no-mailbox",
            S["{0} has no mailbox that Microsoft Graph can send from.", configuration.Username],
            S["The account needs a licensed mailbox in Exchange Online. The mailbox may be on-premises, or its setup may not be complete. Ask a Microsoft 365 administrator."],
            nameof(OutlookServerViewModel.Username)),
        ("ErrorAccessDenied" or "AccessDenied" or "Authorization_RequestDenied", _) => Error(
            DeliveryStep.Data,
            "outlook-permission-missing",
            S["The application isn't allowed to send email for this account."],
            S["In Microsoft Entra under API permissions, add the delegated permissions listed in the form's help and grant consent. Then sign in to Microsoft again."]),
        ("ErrorInvalidRecipients" or "ErrorInvalidSmtpAddress", _) => Error(
            DeliveryStep.Recipient,
            "recipient-refused",
            S["Microsoft Graph rejected the recipients."],
            S["Check the addresses. The server response shows which one is wrong."]),
        ("ErrorMessageSizeExceeded" or "ErrorAttachmentSizeLimitExceeded" or "RequestEntityTooLarge" or "ErrorMessageTooBig", _) or (_, 413) => Error(
            DeliveryStep.Data,
            "too-large",
            S["Microsoft rejected the message because it's too large."],
            S["Send smaller attachments, or links to them. An Exchange administrator can raise the limit of the mailbox."]),
        ("ErrorExceededMessageLimit" or "ErrorQuotaExceeded" or "ErrorSubmissionQuotaExceeded", _) => Error(
            DeliveryStep.Data,
            "outlook-quota",
            S["The mailbox has reached an Exchange Online limit: recipients per day, or mailbox size."],
            S["Try again tomorrow, free up space in the mailbox, or send through another server."],
            canRetry: true),
        (_, 401) => Error(DeliveryStep.SignIn, "outlook-token-refused", S["Microsoft Graph rejected the sign-in, even with a refreshed token."], S["Sign in to Microsoft again. Check that all endpoints belong to the same cloud."], nameof(OutlookServerViewModel.GraphEndpoint)),
        (_, 429) => Error(DeliveryStep.Data, "outlook-throttled", S["Microsoft Graph isn't accepting more messages from this account right now."], S["Try again in a few minutes. Exchange Online accepts 30 messages a minute and 10,000 recipients a day from a mailbox."], canRetry: true),
        (_, 504) => Error(DeliveryStep.Data, "outlook-outcome-unknown", S["Microsoft Graph didn't respond in time."], S["The message may have been sent. Check the mailbox's Sent Items before you send it again."]),
        (_, >= 500) => Error(DeliveryStep.Data, "outlook-unavailable", S["Microsoft Graph is temporarily unavailable."], S["Try again in a few minutes."], canRetry: true),
        (_, 403) => Error(DeliveryStep.Data, "outlook-forbidden", S["Microsoft Graph denied the request."], S["The server response shows the reason. A Microsoft 365 administrator can help."]),
        (_, 404) => Error(DeliveryStep.Data, "outlook-not-found", S["Microsoft Graph found nothing at this address, or no mailbox for the account."], S["Check Microsoft Graph API endpoint, and make sure that the account has a mailbox."], nameof(OutlookServerViewModel.GraphEndpoint)),
        _ => Error(DeliveryStep.Data, "content-refused", S["Microsoft Graph rejected the message."], S["The server response shows the reason."]),
    };
}
