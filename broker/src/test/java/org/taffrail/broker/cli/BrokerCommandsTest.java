// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;

import java.util.HashMap;
import java.util.Map;

/** Types commands against a broker of its own, in memory, on a port that the system picks. */
abstract class BrokerCommandsTest extends CommandsTest {
    Broker broker;

    @BeforeEach
    void start() throws Exception {
        start(Map.of());
    }

    final void start(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("port", "0");
        BrokerConfig config = BrokerConfig.defaults().with(all);
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    @Override
    String url() {
        return broker.address();
    }
}
