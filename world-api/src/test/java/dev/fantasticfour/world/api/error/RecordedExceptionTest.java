package dev.fantasticfour.world.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedExceptionTest {

  @Test
  void itIsPrintedAsTheExceptionItself() {
    Failure inner =
        new Failure("com.acme.Refused", null, "at com.acme.Bank.pay(Bank.java:7)\n", null);
    Failure beside = new Failure("com.acme.Beside", "b", null, null);
    Failure outer =
        new Failure(
            "com.acme.Failed",
            "why",
            "at com.acme.Shop.<init>(Shop.java)\n",
            inner,
            List.of(beside));

    assertThat(printed(new RecordedException(outer)))
        .isEqualTo(
            """
            com.acme.Failed: why
            	at com.acme.Shop.<init>(Shop.java)
            	Suppressed: com.acme.Beside: b
            Caused by: com.acme.Refused
            	at com.acme.Bank.pay(Bank.java:7)
            """);
  }

  @Test
  void everyKindOfFrameIsRead() {
    String stack =
        """
        at java.base/java.lang.Thread.run(Thread.java:1583)
        at app//com.acme.Shop.lambda$pay$0(Shop.java:12)
        at com.acme@1.2/com.acme.Shop.pay(Native Method)
        at com.acme.Shop$$Lambda.apply(Unknown Source)
        at Main.main(Main.java)
        """;

    assertThat(new RecordedException(new Failure("T", null, stack, null)).getStackTrace())
        .extracting(StackTraceElement::toString)
        .containsExactly(
            "java.lang.Thread.run(Thread.java:1583)",
            "com.acme.Shop.lambda$pay$0(Shop.java:12)",
            "com.acme.Shop.pay(Native Method)",
            "com.acme.Shop$$Lambda.apply(Unknown Source)",
            "Main.main(Main.java)");
  }

  @Test
  void whatIsNoFrameIsLeftOut() {
    String stack = "at nowhere\n\nError: of another runtime\nat a.B.c(D:99999999999)\nat a.B.c(";

    assertThat(new RecordedException(new Failure("T", "m", stack, null)).getStackTrace()).isEmpty();
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
