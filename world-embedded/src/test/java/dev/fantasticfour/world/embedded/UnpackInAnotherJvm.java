package dev.fantasticfour.world.embedded;

/** Main program that unpacks all binaries and says where. */
final class UnpackInAnotherJvm {
  private UnpackInAnotherJvm() {}

  public static void main(String[] arguments) {
    Platform platform = Platform.current();
    BinaryCache cache = BinaryCache.ofUser();
    System.out.println(
        PostgresBinaries.select(PostgresServerOptions.defaults(), platform).unpack(cache));
    System.out.println(RedisBinary.select(platform, cache).executable());
  }
}
