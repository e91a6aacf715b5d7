namespace Repave.Core.Rules;
#pragma warning disable
public static class Prof {
  public static System.Collections.Concurrent.ConcurrentDictionary<string,long> T = new();
  public static void Add(string k, long since) { var d = System.Diagnostics.Stopwatch.GetTimestamp()-since; T.AddOrUpdate(k, d, (_,o)=>o+d); }
  public static long Now => System.Diagnostics.Stopwatch.GetTimestamp();
}
