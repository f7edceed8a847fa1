// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

/** The sample in WildFly, whose connections are made again by the adapter. */
class WildFlyIT extends OrdersContract {
    @Override
    ApplicationServer server(Setting setting) {
        return new WildFly(setting);
    }
}
