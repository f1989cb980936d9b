package dev.fantasticfour.world.test.rules;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.util.Optional;

/**
 * What an instruction without operands takes from the stack and puts there, the ones that only move
 * values left out.
 *
 * @param pops how many values it takes
 * @param pushed what it puts there
 */
record Effect(int pops, Optional<Value> pushed) {

  private static final Effect NONE = new Effect(0, Optional.empty());
  private static final Effect TAKES = new Effect(1, Optional.empty());

  static Effect of(int opcode) {
    return switch (opcode) {
      case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> wide(0);
      case Opcodes.LALOAD, Opcodes.DALOAD -> wide(2);
      case Opcodes.I2L, Opcodes.I2D, Opcodes.F2L, Opcodes.F2D -> wide(1);
      case Opcodes.L2I, Opcodes.L2F, Opcodes.D2I, Opcodes.D2F, Opcodes.ARRAYLENGTH -> plain(1);
      case Opcodes.LCMP, Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.DCMPL, Opcodes.DCMPG -> plain(2);
      case Opcodes.NOP,
          Opcodes.INEG,
          Opcodes.LNEG,
          Opcodes.FNEG,
          Opcodes.DNEG,
          Opcodes.I2F,
          Opcodes.F2I,
          Opcodes.L2D,
          Opcodes.D2L,
          Opcodes.I2B,
          Opcodes.I2C,
          Opcodes.I2S,
          Opcodes.RETURN ->
          NONE;
      case Opcodes.POP,
          Opcodes.MONITOREXIT,
          Opcodes.ATHROW,
          Opcodes.IRETURN,
          Opcodes.LRETURN,
          Opcodes.FRETURN,
          Opcodes.DRETURN,
          Opcodes.ARETURN ->
          TAKES;
      default -> {
        if (opcode <= Opcodes.FCONST_2) {
          yield plain(0);
        }
        if (opcode <= Opcodes.SALOAD) {
          yield plain(2);
        }
        yield isOfWide(opcode) ? wide(2) : plain(2);
      }
    };
  }

  /**
   * Of the arithmetic every second one is of longs or doubles: they stand in fours (int, long,
   * float, double) up to the remainder, and in twos (int, long) from the shifts on.
   */
  private static boolean isOfWide(int opcode) {
    return (opcode - Opcodes.IADD) % 2 == 1;
  }

  private static Effect plain(int pops) {
    return new Effect(pops, Optional.of(Value.PLAIN));
  }

  private static Effect wide(int pops) {
    return new Effect(pops, Optional.of(Value.WIDE));
  }
}
