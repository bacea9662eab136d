namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>When a result is written to the database.</summary>
public enum DeliveryWrite
{
    /// <summary>It says what is written already.</summary>
    Never,

    /// <summary>With the end of the request.</summary>
    Now,

    /// <summary>After a while, unless another one follows.</summary>
    Later,
}
