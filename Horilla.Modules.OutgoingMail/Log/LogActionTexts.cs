using Microsoft.AspNetCore.Mvc.Localization;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>What an administrator is told after an action on a message.</summary>
public sealed class LogActionTexts(IHtmlLocalizer<LogActionTexts> H)
{
    /// <summary>After Try now.</summary>
    public LocalizedHtmlString Tried => H["The message is being sent now."];

    /// <summary>If Try now came too late.</summary>
    public LocalizedHtmlString NotWaiting => H["The message is no longer waiting."];

    /// <summary>After Cancel.</summary>
    public LocalizedHtmlString Cancelled => H["The message was cancelled."];

    /// <summary>If Cancel came too late.</summary>
    public LocalizedHtmlString TooLate => H["It's too late to cancel the message: it has been sent, or is being sent."];

    /// <summary>After It arrived.</summary>
    public LocalizedHtmlString Confirmed => H["The message counts as sent."];

    /// <summary>If the message isn't in doubt.</summary>
    public LocalizedHtmlString NotInDoubt => H["The message is no longer in doubt."];

    /// <summary>After Send again.</summary>
    public LocalizedHtmlString SentAgain => H["The message is in the outbox and will be sent again."];

    /// <summary>If a message can't be sent again.</summary>
    public LocalizedHtmlString NoContent => H["The message can't be sent again, because its content is no longer stored, can't be read, or is larger than the outbox accepts. Send it again from where it was created."];

    /// <summary>If no message was selected.</summary>
    public LocalizedHtmlString NothingSelected => H["Nothing is selected. Select messages in the log first."];

    /// <summary>After a command was applied to several messages.</summary>
    public LocalizedHtmlString Applied(LogCommand command, int count) => command switch
    {
        LogCommand.TryNow => H.Plural(count, "One message is being sent now.", "{0} messages are being sent now."),
        LogCommand.Cancel => H.Plural(count, "One message was cancelled.", "{0} messages were cancelled."),
        LogCommand.Arrived => H.Plural(count, "One message counts as sent.", "{0} messages count as sent."),
        _ => H.Plural(count, "One message is in the outbox and will be sent again.", "{0} messages are in the outbox and will be sent again."),
    };

    /// <summary>If a command couldn't be applied to some of the selected messages.</summary>
    public LocalizedHtmlString NotApplied(LogCommand command, int count) => command switch
    {
        LogCommand.TryNow => H.Plural(count, "One selected message isn't waiting, and was left as it is.", "{0} selected messages aren't waiting, and were left as they are."),
        LogCommand.Cancel => H.Plural(count, "One selected message isn't waiting any longer, and can't be cancelled.", "{0} selected messages aren't waiting any longer, and can't be cancelled."),
        LogCommand.Arrived => H.Plural(count, "One selected message isn't in doubt, and was left as it is.", "{0} selected messages aren't in doubt, and were left as they are."),
        _ => H.Plural(count, "One selected message can't be sent again: it isn't done yet, or its content isn't stored or can't be read.", "{0} selected messages can't be sent again: they aren't done yet, or their content isn't stored or can't be read."),
    };

    /// <summary>If the database failed.</summary>
    public LocalizedHtmlString NotStored => H["The database couldn't store the change, so nothing was changed. Try again. If it fails again, ask an operator: the database may be full."];

    /// <summary>If the recipients aren't valid.</summary>
    public LocalizedHtmlString InvalidRecipients(int max) => H["Nothing was sent. Enter 1 to {0} email addresses, separated by commas, for example ann@example.com, bob@example.com.", max];
}
