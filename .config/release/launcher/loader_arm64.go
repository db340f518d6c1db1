package main

const systemLoader = "/lib/ld-linux-aarch64.so.1"
