package dev.fantasticfour.world.test.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** In the place of the application's world, which is not made where there is a client. */
@Configuration(proxyBeanMethods = false)
class TestWorldBeans {

  @Bean
  ClientOfTheTest worldClient() {
    return new ClientOfTheTest();
  }
}
