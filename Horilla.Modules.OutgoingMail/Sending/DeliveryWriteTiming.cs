namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>When a result is written to the database.</summary>
public enum DeliveryWriteTiming
{
    /// <summary>Not at all: the same state is already written.</summary>
    Never,

    /// <summary>When the request ends.</summary>
    Now,

    /// <summary>After a delay, unless a newer result replaces it.</summary>
    Later,
}
