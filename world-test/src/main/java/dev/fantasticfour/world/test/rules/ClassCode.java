package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code of a class, read from its class file.
 *
 * @param name as class files write it
 * @param methods those that have code
 */
record ClassCode(String name, List<MethodCode> methods) {

  /** Reads the file from which ArchUnit has read the class as well. */
  static ClassCode read(Source source) {
    try {
      URLConnection connection = source.getUri().toURL().openConnection();
      // A jar that stays open could not be written again while the tests run.
      connection.setUseCaches(false);
      try (InputStream bytes = connection.getInputStream()) {
        Reading reading = new Reading();
        new ClassReader(bytes.readAllBytes()).accept(reading, ClassReader.EXPAND_FRAMES);
        return new ClassCode(reading.name, List.copyOf(reading.methods));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the code of " + source, e);
    }
  }

  /** Collects the methods of one class. */
  private static final class Reading extends ClassVisitor {

    private final List<MethodCode> methods = new ArrayList<>();
    private String name = "";
    private String file = "";

    private Reading() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String type,
        @Nullable String signature,
        @Nullable String parent,
        String @Nullable [] interfaces) {
      name = type;
      file = Names.simple(type) + ".java";
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
      file = source == null ? file : source;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String method,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
        return null;
      }
      return new MethodReading(
          access,
          descriptor,
          (line, instructions) ->
              methods.add(
                  new MethodCode(name, file, method, descriptor, access, line, instructions)));
    }
  }
}
