package dev.fantasticfour.world.test.rules;

import java.util.Optional;
import java.util.Set;

/**
 * Knows the calls that reach files, networks, databases, and the settings of the machine. Of
 * classes that only wrap others, or hold names and addresses, nothing is said.
 */
final class Outside {

  private static final Set<String> OPENED =
      Set.of(
          "java/io/FileInputStream",
          "java/io/FileOutputStream",
          "java/io/FileReader",
          "java/io/FileWriter",
          "java/io/RandomAccessFile");

  /** Those that can be made over a file as well as over something in memory. */
  private static final Set<String> OVER =
      Set.of("java/io/PrintStream", "java/io/PrintWriter", "java/util/Scanner");

  private static final Set<String> NAMES_OF_FILES =
      Set.of(
          "<init>",
          "getName",
          "getParent",
          "getParentFile",
          "getPath",
          "isAbsolute",
          "toPath",
          "toURI",
          "toString",
          "equals",
          "hashCode",
          "compareTo");

  private static final Set<String> NETWORK =
      Set.of(
          "java/net/Socket",
          "java/net/ServerSocket",
          "java/net/DatagramSocket",
          "java/net/MulticastSocket",
          "java/net/InetAddress",
          "java/net/NetworkInterface",
          "java/net/URLConnection",
          "java/net/HttpURLConnection",
          "java/net/JarURLConnection",
          "java/net/http/HttpClient",
          "java/net/http/WebSocket",
          "javax/sql/DataSource");

  private static final Set<String> DATABASE =
      Set.of(
          "java/sql/DriverManager",
          "java/sql/Driver",
          "java/sql/Connection",
          "java/sql/Statement",
          "java/sql/PreparedStatement",
          "java/sql/CallableStatement",
          "java/sql/ResultSet",
          "java/sql/DatabaseMetaData");

  private static final Set<String> SETTINGS =
      Set.of("getenv", "getProperty", "getProperties", "setProperty", "clearProperty", "console");

  private Outside() {}

  static Optional<Remark> remark(Instruction.Call call, String owner) {
    if (isSetting(call, owner)) {
      return Optional.of(Remark.SETTING);
    }
    return isFile(call, owner) || isNetwork(call.name(), owner) || DATABASE.contains(owner)
        ? Optional.of(Remark.OUTSIDE)
        : Optional.empty();
  }

  /** What is the same on most machines: worth a word, but no failure. */
  static boolean isDefault(Instruction.Call call) {
    String name = call.name();
    return switch (call.owner()) {
      case "java/time/ZoneId" -> name.equals("systemDefault");
      case "java/util/TimeZone", "java/util/Locale" -> name.equals("getDefault");
      case "java/nio/charset/Charset" -> name.equals("defaultCharset");
      default -> false;
    };
  }

  /** Whether something is printed, which harms no run. */
  static boolean isPrinted(Instruction.Call call) {
    return call.receiver() instanceof Value.OfField field && isStandard(field, "out", "err")
        || (call.name().equals("printStackTrace") && call.isBare());
  }

  /** Whether that is what the process is told by whoever started it. */
  static boolean isStandardInput(Instruction.FieldUse use) {
    return use.owner().equals("java/lang/System") && use.name().equals("in");
  }

  private static boolean isStandard(Value.OfField field, String... names) {
    return field.owner().equals("java/lang/System") && Set.of(names).contains(field.name());
  }

  private static boolean isSetting(Instruction.Call call, String owner) {
    String name = call.name();
    return switch (owner) {
      case "java/lang/System" -> SETTINGS.contains(name);
      case "java/lang/Boolean" -> name.equals("getBoolean");
      case "java/lang/Integer" -> name.equals("getInteger");
      case "java/lang/Long" -> name.equals("getLong");
      case "java/lang/Runtime" -> true;
      case "java/lang/ProcessHandle" -> name.equals("current") || name.equals("allProcesses");
      default -> false;
    };
  }

  private static boolean isFile(Instruction.Call call, String owner) {
    String name = call.name();
    return switch (owner) {
      case "java/nio/file/Files", "java/io/Console" -> true;
      case "java/io/File" -> !NAMES_OF_FILES.contains(name);
      case "java/nio/file/Path" -> name.equals("toRealPath") || name.equals("toAbsolutePath");
      case "java/lang/ProcessBuilder" -> name.startsWith("start");
      default ->
          (call.isNew() && OPENED.contains(owner))
              || (call.isNew() && OVER.contains(owner) && isOverFile(call))
              || (owner.startsWith("java/nio/channels/") && name.equals("open"));
    };
  }

  private static boolean isOverFile(Instruction.Call call) {
    String descriptor = call.descriptor();
    return descriptor.startsWith("(Ljava/io/File;")
        || descriptor.startsWith("(Ljava/nio/file/Path;")
        // A scanner reads the text itself.
        || (descriptor.startsWith("(Ljava/lang/String;") && !call.owner().endsWith("Scanner"));
  }

  private static boolean isNetwork(String name, String owner) {
    return owner.equals("java/net/URL")
        ? name.startsWith("open") || name.equals("getContent")
        : NETWORK.contains(owner);
  }
}
