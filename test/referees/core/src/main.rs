//! `core-writer BLOCKS DIR`: validates regtest blocks (hex, one a line, in order) with Bitcoin Core's engine, which writes them to
//! DIR/blocks as blk*.dat, rev*.dat and xor.dat. Prints how many were accepted and how many refused.

use bitcoinkernel::{Block, ChainType, ChainstateManager, ContextBuilder};
use std::fs::{create_dir_all, read_to_string};
use std::sync::Arc;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, input, folder] = arguments.as_slice() else {
        eprintln!("usage: core-writer BLOCKS DIR");
        std::process::exit(2);
    };
    create_dir_all(folder).expect("the folder can be made");
    let context = Arc::new(ContextBuilder::new().chain_type(ChainType::Regtest).build().expect("a regtest context"));
    let chain = ChainstateManager::new(&context, folder, &format!("{folder}/blocks")).expect("an empty chain");
    let (mut accepted, mut refused) = (0, 0);
    for line in read_to_string(input).expect("the blocks can be read").lines() {
        let bytes = hex::decode(line).expect("a block in hex");
        let block = Block::new(bytes.as_slice()).expect("a block");
        if chain.process_block(&block).is_rejected() {
            refused += 1;
        } else {
            accepted += 1;
        }
    }
    println!("{accepted} {refused}");
}
