package com.example;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.spring.WorldRegistrar;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application that takes one order, and ends. */
@SpringBootApplication(proxyBeanMethods = false)
public class Shop {

  public static void main(String[] args) {
    SpringApplication.run(Shop.class, args).close();
  }

  /** What the workers of this process can execute. */
  @Bean
  WorldRegistrar workflows() {
    return w -> w.register(OrderWorkflow.TYPE, new OrderWorkflow());
  }

  /** Runs when the workers do. */
  @Bean
  ApplicationRunner firstOrder(WorldClient client) {
    return arguments -> FirstOrder.take(client);
  }
}
