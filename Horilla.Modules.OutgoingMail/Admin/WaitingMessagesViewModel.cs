namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The messages that wait for servers that would be deleted.</summary>
/// <param name="Count">Their number.</param>
/// <param name="NextTitle">The title of the primary server by then, or null if none is left.</param>
public sealed record WaitingMessagesViewModel(int Count, string? NextTitle);
