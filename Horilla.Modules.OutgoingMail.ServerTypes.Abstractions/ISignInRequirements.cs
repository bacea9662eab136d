namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// Where a server type notes that a server can't send until an account signs in. The server's status is then "Sign-in required",
/// and the type's own part of the status (location <c>Status:5</c> of the display type <c>SummaryAdmin</c>) should offer the sign-in.
/// Scoped; what it changes is committed with the request.
/// </summary>
public interface ISignInRequirements
{
    /// <summary>Notes whether a server requires a sign-in. Setting what is already noted changes nothing; deleting a server clears it.</summary>
    /// <param name="configurationId">The ID of the server.</param>
    /// <param name="isRequired">Whether it can't send until an account signs in.</param>
    Task SetAsync(string configurationId, bool isRequired);
}
