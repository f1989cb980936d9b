package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.spring.WorldRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application has. */
@Configuration(proxyBeanMethods = false)
class GreetingBeans {

  @Bean
  WorldRegistrar greetings() {
    return w ->
        w.register(Greeting.TYPE, new Greeting())
            .register(Greeting.COMPOSE, (step, name) -> Greeting.compose(name));
  }
}
