using System.Globalization;
using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Localization;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Tells why Microsoft Graph did not take a mail, and what to do about it, by its error codes.</summary>
/// <remarks>Source: https://learn.microsoft.com/graph/errors, and the error codes of Exchange Web Services that it passes on.</remarks>
public sealed class GraphFailures(IStringLocalizer<GraphFailures> stringLocalizer)
{
    private readonly IStringLocalizer S = stringLocalizer;

    internal OutgoingMailError TooLargeForOneRequest(long size) => Error(
        DeliveryStep.Content,
        "too-large",
        S["The mail has {0} MB: more than Microsoft Graph takes in one request.", Megabytes(size)],
        S["Set Send large mails to Yes and sign in again, which wants the permission Mail.ReadWrite; or send smaller attachments, or links to them."],
        nameof(OutlookServerViewModel.SendsLargeMails));

    internal OutgoingMailError TooLarge(long size) => Error(
        DeliveryStep.Content,
        "too-large",
        S["The mail has {0} MB in parts that Microsoft Graph does not take.", Megabytes(size)],
        S["An attachment may have 150 MB, the text 3 MB, and a signed mail 3 MB in all. Send smaller attachments, or links to them."]);

    internal OutgoingMailError NoDraft() => Error(DeliveryStep.Content, "graph-no-draft", S["Microsoft Graph took the mail as a draft, but did not say which."], S["Try again. If it stays so, check Microsoft Graph API endpoint."], nameof(OutlookServerViewModel.GraphEndpoint));

    internal OutgoingMailError NotUnderstood(Exception e) => Error(
        DeliveryStep.SignIn,
        "graph-not-understood",
        S["What answers at the Microsoft Graph API endpoint isn't Microsoft Graph. Nothing was sent."],
        S["Check the endpoint. If it is right, a proxy or a sign-in page of the network stands in between: an operator can tell."],
        nameof(OutlookServerViewModel.GraphEndpoint)) with
    {
        ServerResponse = (e as UnexpectedAnswerException)?.Message,
    };

    internal OutgoingMailError UploadFailed(string name) => Error(DeliveryStep.Content, "graph-upload-failed", S["The attachment '{0}' could not be uploaded to Microsoft Graph.", name], S["Try again, or send a smaller one, or a link to it."], canRetry: true);

    /// <summary>Explains an answer of Microsoft Graph.</summary>
    internal OutgoingMailError Explain(ApiException e, OutgoingMailConfiguration configuration) => Explain((e as ODataError)?.Error?.Code ?? "", e.ResponseStatusCode, configuration) with
    {
        ServerResponse = Response(e),
    };

    private static string Megabytes(long size) => (size / 1024d / 1024d).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Response(ApiException e)
    {
        var error = (e as ODataError)?.Error;
        var said = $"{e.ResponseStatusCode.ToString(CultureInfo.InvariantCulture)} {error?.Code}{(string.IsNullOrEmpty(error?.Message) ? "" : $": {error.Message}")}";
        var id = error?.InnerError?.RequestId ?? (e.ResponseHeaders?.TryGetValue("request-id", out var ids) == true ? ids.FirstOrDefault() : null);

        return id is null ? said : $"{said} (request-id {id})";
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

    private OutgoingMailError Explain(string code, int status, OutgoingMailConfiguration configuration) => (code, status) switch
    {
        ("ErrorSendAsDenied" or "ErrorSendOnBehalfOfDenied", _) => Error(
            DeliveryStep.Sender,
            "sender-refused",
            S["The account may not send as {0}.", configuration.Username],
            S["An administrator of Exchange gives it Send As or Send on behalf for this mailbox, which may take an hour; or enter as Email Host Username the account that signs in."],
            nameof(OutlookServerViewModel.Username)),
        ("MailboxNotEnabledForRESTAPI" or "MailboxNotSupportedForRESTAPI" or "ErrorMailboxNotEnabledForRESTAPI", _) => Error(
            DeliveryStep.Sender,
            "outlook-no-mailbox",
            S["{0} has no mailbox that Microsoft Graph can send from.", configuration.Username],
            S["The account needs a mailbox in Exchange Online and a licence for it: it may be on a server of your own, or still be set up. An administrator of Microsoft 365 can tell."],
            nameof(OutlookServerViewModel.Username)),
        ("ErrorAccessDenied" or "AccessDenied" or "Authorization_RequestDenied", _) => Error(
            DeliveryStep.Content,
            "outlook-permission-missing",
            S["The application may not send mails for this account."],
            S["Add the delegated permissions of the form's help in Microsoft Entra under API permissions, grant consent, and press Login Outlook."]),
        ("ErrorInvalidRecipients" or "ErrorInvalidSmtpAddress", _) => Error(
            DeliveryStep.Recipient,
            "recipient-refused",
            S["Microsoft Graph refused the recipients."],
            S["Check the addresses. What the server said tells which of them is wrong."]),
        ("ErrorMessageSizeExceeded" or "ErrorAttachmentSizeLimitExceeded" or "RequestEntityTooLarge" or "ErrorMessageTooBig", _) or (_, 413) => Error(
            DeliveryStep.Content,
            "too-large",
            S["Microsoft refused the mail, because it is too large."],
            S["Send smaller attachments, or links to them. An administrator of Exchange can raise the limit of the mailbox."]),
        ("ErrorExceededMessageLimit" or "ErrorQuotaExceeded" or "ErrorSubmissionQuotaExceeded", _) => Error(
            DeliveryStep.Content,
            "outlook-quota",
            S["The mailbox has reached a limit of Exchange Online: of mails a day, or of its size."],
            S["Try again tomorrow, clear the mailbox, or send through another server."],
            canRetry: true),
        (_, 401) => Error(DeliveryStep.SignIn, "outlook-token-refused", S["Microsoft Graph refused the sign-in, even after a refresh."], S["Press Login Outlook to sign in again. Check that the endpoints are of the same cloud."], nameof(OutlookServerViewModel.GraphEndpoint)),
        (_, 429) => Error(DeliveryStep.Content, "outlook-throttled", S["Microsoft Graph takes no more mails of this account for now."], S["Try again in some minutes. Exchange Online takes 30 mails a minute and 10,000 a day from a mailbox."], canRetry: true),
        (_, 504) => Error(DeliveryStep.Content, "outlook-outcome-unknown", S["Microsoft Graph did not answer in time."], S["It is not known whether the mail was sent: look into Sent Items of the mailbox before you send it again."]),
        (_, >= 500) => Error(DeliveryStep.Content, "outlook-unavailable", S["Microsoft Graph cannot take the mail now."], S["Try again in some minutes."], canRetry: true),
        (_, 403) => Error(DeliveryStep.Content, "outlook-forbidden", S["Microsoft Graph does not allow it."], S["What the server said tells why. An administrator of Microsoft 365 can help."]),
        (_, 404) => Error(DeliveryStep.Content, "outlook-not-found", S["Microsoft Graph has nothing at this address, or no mailbox for the account."], S["Check Microsoft Graph API endpoint, and that the account has a mailbox."], nameof(OutlookServerViewModel.GraphEndpoint)),
        _ => Error(DeliveryStep.Content, "content-refused", S["Microsoft Graph refused the mail."], S["What the server said tells why."]),
    };
}
