// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.Map;

/** What stands beside a broker: nothing unless asked for, and named where it is missing. */
class BrokerExtensionTest {
    private static BrokerConfig with(String key, String value) {
        return BrokerConfig.defaults().with(Map.of(key, value));
    }

    @Test
    void nothingIsLookedForUnlessItIsAskedFor() {
        assertNull(BrokerExtension.find(BrokerConfig.defaults()));
        assertNull(BrokerExtension.find(with("http.port", "-1")));
        assertNull(BrokerExtension.find(with("metrics.open", "true")));
    }

    @Test
    void whoAsksWithoutTheJarIsToldWhereItComesFrom() {
        for (BrokerConfig config :
                new BrokerConfig[] {with("http.port", "0"), with("metrics.jmx", "true")}) {
            WireException missing =
                    assertThrows(WireException.class, () -> BrokerExtension.find(config));
            assertEquals(ErrorCode.NOT_SUPPORTED, missing.code());
            assertTrue(missing.getMessage().contains("taffrail-console"), missing.getMessage());
        }
    }
}
