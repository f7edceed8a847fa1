// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.core.JmsTemplate;

/** What Boot's actuator makes of an application on Taffrail. */
class ActuatorTest {
    private static final String EMBEDDED = "taffrail.embedded.enabled=true";

    /** An application as it is: everything is Boot's to configure. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @JmsListener(destination = "orders")
        void onOrder(String order) {
            // that it came is counted
        }
    }

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Application.class);

    /** The two lines of Boot have the same types in other packages. */
    private static String health(ApplicationContext context) throws ReflectiveOperationException {
        Object contributor = context.getBean("jmsHealthContributor");
        Object health = contributor.getClass().getMethod("health").invoke(contributor);
        Object status = health.getClass().getMethod("getStatus").invoke(health);
        return (String) status.getClass().getMethod("getCode").invoke(status);
    }

    @Test
    void healthIsUpWhereTheBrokerIs() {
        for (String pool : new String[] {"false", "true"}) {
            application
                    .withPropertyValues(EMBEDDED, "taffrail.pool.enabled=" + pool)
                    .run(context -> assertEquals("UP", health(context)));
        }
    }

    @Test
    void healthIsDownWhereNoBrokerIs() {
        application
                .withPropertyValues(
                        "taffrail.broker-url=taffrail://127.0.0.1:1",
                        "spring.jms.listener.auto-startup=false")
                .run(context -> assertEquals("DOWN", health(context)));
    }

    @Test
    void sendsAndListenersAreTimed() {
        application
                .withPropertyValues(EMBEDDED)
                .run(
                        context -> {
                            context.getBean(JmsTemplate.class).convertAndSend("orders", "one");

                            MeterRegistry meters = context.getBean(MeterRegistry.class);
                            Timer sent = meters.find("jms.message.publish").timer();
                            assertNotNull(sent, "nothing is timed");
                            assertEquals(1, sent.count());
                            Awaitility.await()
                                    .until(
                                            () -> {
                                                Timer heard =
                                                        meters.find("jms.message.process").timer();
                                                return heard != null && heard.count() == 1;
                                            });
                        });
    }
}
