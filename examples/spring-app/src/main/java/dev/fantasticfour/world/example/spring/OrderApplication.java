package dev.fantasticfour.world.example.spring;

import dev.fantasticfour.world.spring.WorldRegistrar;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application, and what its workers can execute. */
@SpringBootApplication(proxyBeanMethods = false)
public class OrderApplication {

  /** Needs the servers of {@code application.properties}. */
  public static void main(String[] arguments) {
    SpringApplication.run(OrderApplication.class, arguments);
  }

  @Bean
  Payments payments() {
    return new Payments();
  }

  @Bean
  WorldRegistrar orders(Payments payments) {
    return w ->
        w.register(OrderWorkflow.TYPE, new OrderWorkflow())
            .register(
                OrderWorkflow.CHARGE,
                (step, order) -> payments.charge(order, step.idempotencyKey()));
  }
}
