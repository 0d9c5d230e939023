package dev.livestream.examples.demo;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The {@code ffmpeg} program that comes with the build, for this machine's platform. It is unpacked
 * once, into the user's cache.
 */
public final class EncoderProgram {
  /**
   * Libraries of sound servers and displays. The program names them for its capture devices, so it
   * does not start without them, and a machine made for servers does not have them; but it binds
   * their functions only when it calls them, and here it never does. Any library can stand in.
   */
  private static final List<String> NEVER_CALLED =
      List.of("libpulse.so.0", "libasound.so.2", "libxcb.so.1", "libxcb-shm.so.0");

  private static final String STAND_IN = "libva-drm.so.2";

  private final Path directory;
  private final boolean windows;

  private EncoderProgram(Path directory, boolean windows) {
    this.directory = directory;
    this.windows = windows;
  }

  /**
   * Finds the program, and unpacks it if need be.
   *
   * @throws IOException with one clear sentence if there is none for this platform
   */
  public static EncoderProgram find() throws IOException {
    String platform = platform();
    boolean windows = platform.startsWith("windows");
    String folder = "org/bytedeco/ffmpeg/" + platform + "/";
    String program = windows ? "ffmpeg.exe" : "ffmpeg";
    URL url = EncoderProgram.class.getClassLoader().getResource(folder + program);
    if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("There is no encoder for this platform (" + platform + ").");
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      String name = new File(jar.getName()).getName().replaceAll("\\.jar$", "");
      Path cache = Files.createDirectories(cache());
      Path target = cache.resolve(name);
      if (!Files.isDirectory(target)) {
        unpack(jar, folder, target);
      }
      return new EncoderProgram(target, windows);
    }
  }

  private static String platform() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system =
        name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "macosx" : "linux";
    boolean arm = processor.equals("aarch64") || processor.equals("arm64");
    return system + (arm ? "-arm64" : "-x86_64");
  }

  private static Path cache() throws IOException {
    String chosen = System.getenv("XDG_CACHE_HOME");
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen, "livestream");
    }
    Path home = Path.of(System.getProperty("user.home", ""));
    boolean usable = home.isAbsolute() && Files.isWritable(home);
    return usable
        ? home.resolve(".cache").resolve("livestream")
        : Files.createTempDirectory("livestream");
  }

  /** Unpacks beside the target and renames, so that nobody ever sees half of it. */
  private static void unpack(JarFile jar, String folder, Path target) throws IOException {
    Path fresh = Files.createTempDirectory(target.getParent(), "unpacking");
    try {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        String name = entry.getName();
        String file = name.substring(name.lastIndexOf('/') + 1);
        if (name.startsWith(folder) && !entry.isDirectory() && !file.contains("jni")) {
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, fresh.resolve(file));
          }
        }
      }
      makeUsable(fresh);
      move(fresh, target);
    } finally {
      delete(fresh);
    }
  }

  private static void makeUsable(Path directory) throws IOException {
    File program = directory.resolve("ffmpeg").toFile();
    if (program.exists() && !program.setExecutable(true, true)) {
      throw new IOException("The encoder cannot be made executable in " + directory + ".");
    }
    Path standIn = directory.resolve(STAND_IN);
    if (Files.exists(standIn)) {
      for (String library : NEVER_CALLED) {
        Files.copy(standIn, directory.resolve(library));
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Another process was faster; its copy is as good.
      return;
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> list = Files.list(directory)) {
      files = new ArrayList<>(list.toList());
    }
    files.add(directory);
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * A process to start.
   *
   * @param arguments what the program is told
   */
  public ProcessBuilder command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(directory.resolve(windows ? "ffmpeg.exe" : "ffmpeg").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LD_LIBRARY_PATH", directory.toString());
    return builder;
  }
}
