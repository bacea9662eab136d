using System.Security.Cryptography;

namespace Horilla.Host;

/// <summary>Generates passwords that the console prints once.</summary>
internal static class GeneratedPassword
{
    /// <summary>Letters and digits that can't be mistaken for each other.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>Returns 20 random characters (more than 115 bits of entropy), and a suffix that satisfies password rules.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, 20) + "-aA7";
}
