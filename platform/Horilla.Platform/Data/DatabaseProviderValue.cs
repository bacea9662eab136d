namespace OrchardCore.Data;

public static class DatabaseProviderValue
{
    public const string Sqlite = "Sqlite";

    public const string Postgres = "Postgres";
}
