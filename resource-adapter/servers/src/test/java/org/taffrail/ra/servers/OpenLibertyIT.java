// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

import org.junit.jupiter.api.Tag;

/** The sample in Open Liberty, whose connections restore themselves. */
@Tag("full")
class OpenLibertyIT extends OrdersContract {
    @Override
    ApplicationServer server(Setting setting) {
        return new OpenLiberty(setting);
    }

    @Override
    String url(String address) {
        return "failover:(" + address + ")";
    }
}
